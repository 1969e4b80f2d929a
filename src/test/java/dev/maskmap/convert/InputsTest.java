package dev.maskmap.convert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.array.ArrayFormat;
import dev.maskmap.convert.coco.CocoRequest;
import dev.maskmap.convert.image.TestImages;
import dev.maskmap.convert.pixels.Channel;
import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.testing.Stores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an input is, is told by its content. */
class InputsTest {
  private static final String COCO =
      """
      {"images": [{"id": 1, "file_name": "a.jpg", "height": 1, "width": 2}],
       "annotations": [{"id": 7, "image_id": 1, "category_id": 1, "iscrowd": 0,
         "segmentation": {"size": [1, 2], "counts": [1, 1]}}],
       "categories": [{"id": 1, "name": "cat"}]}
      """;

  @TempDir Path folder;

  @Test
  void everyKindOfInputGivesTheSameMaskWhateverItsExtension() throws Exception {
    Path npy =
        Stores.npy(folder.resolve("n.png"), Stores.dict("|u1", false, 1, 2), new byte[] {0, 1});
    Path png = folder.resolve("p.npy");
    Files.write(png, TestImages.png(new int[] {0, 1}, 1, 2, 1, 0));
    Path json = Files.writeString(folder.resolve("j.bin"), " \r\n\t" + COCO);
    Path marked = folder.resolve("m.bin");
    Files.write(marked, ("\uFEFF" + COCO).getBytes(UTF_8));
    Path zip = folder.resolve("z");
    Files.write(zip, zip("member.npy", Files.readAllBytes(npy)));
    for (Path file : List.of(npy, png, json, marked, zip)) {
      String mask = read(file).getFirst();
      assertTrue(mask.endsWith(" 1x2 [0, -128]"), file + ": " + mask);
    }
    assertEquals("a 1x2 [0, -128]", read(json).getFirst());
    assertEquals("member 1x2 [0, -128]", read(zip).getFirst());
  }

  private static byte[] zip(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return bytes.toByteArray();
  }

  @Test
  void whatIsNothingKnownIsRefusedAsAnImage() throws IOException {
    Path text = Files.writeString(folder.resolve("x.json"), "hello");
    IOException e = assertThrows(IOException.class, () -> read(text));
    assertTrue(e.getMessage().startsWith(text + ": "), e.getMessage());
    Path empty = Files.createFile(folder.resolve("empty.npy"));
    e = assertThrows(IOException.class, () -> read(empty));
    assertTrue(e.getMessage().startsWith(empty + ": "), e.getMessage());
  }

  private static List<String> read(Path file) throws IOException, InterruptedException {
    List<String> masks = new ArrayList<>();
    RuleImport.run(
        new Inputs(Channel.VALUES, ArrayFormat.plain(), CocoRequest.plain())
            .of(List.of(new MaskFile("x", file))),
        ForegroundRule.nonZero(),
        ImportOptions.plain(1),
        (name, mask) ->
            masks.add(
                "%s %dx%d %s"
                    .formatted(name, mask.height(), mask.width(), Arrays.toString(mask.rows()))),
        ImportProgress.NONE);
    return masks;
  }
}
