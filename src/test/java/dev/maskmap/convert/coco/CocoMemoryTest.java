package dev.maskmap.convert.coco;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.pixels.PackedMask;
import dev.maskmap.testing.ChildJvm;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.json.JsonFactory;

/** Files larger than the memory that reads them. */
@Tag("once")
class CocoMemoryTest {
  private static final int IMAGES = 500;
  private static final String FLAG = "-Xmx48m";

  @Test
  void twoHundredMegabytesAreReadInFortyEight(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("large.json");
    int annotations = write(file, 210_000_000);
    assertTrue(Files.size(file) >= 210_000_000);
    ChildJvm.Result result = child(file, "image");
    assertEquals(0, result.exit(), result.all());
    // Each image has the same union: a circle and its shifted copies; the exact count is that of
    // the first image, read here.
    long each = CocoFiles.count(first(file));
    assertEquals(
        "%d masks, %d pixels%n".formatted(IMAGES, IMAGES * each), result.out(), annotations + "");
    System.out.println("210 MB of annotations with " + FLAG + ": " + result.err().lines().toList());
  }

  @Test
  void aListThatExceedsTheMemoryIsAnsweredInOneLine(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("many.json");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      out.write("{\"annotations\":[{\"image_id\":1}".getBytes(StandardCharsets.UTF_8));
      byte[] one = ",{\"image_id\":1}".getBytes(StandardCharsets.UTF_8);
      for (int more = 0; more < 3_000_000; more++) {
        out.write(one);
      }
      out.write("]}".getBytes(StandardCharsets.UTF_8));
    }
    ChildJvm.Result result = child(file, "image");
    assertEquals(
        file
            + ": not enough memory for the list of its annotations, some 40 bytes each: allow more"
            + " with -Xmx, or split the file\n",
        result.out(),
        result.all());
    assertEquals(0, result.exit(), result.all());
  }

  private static PackedMask first(Path file) throws IOException {
    return (PackedMask) CocoFiles.items(file, CocoRequest.plain()).getFirst().read();
  }

  private static ChildJvm.Result child(Path file, String per) throws URISyntaxException {
    Path jackson =
        Path.of(JsonFactory.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return ChildJvm.run(
        List.of(FLAG, "-Xbootclasspath/a:" + jackson), CocoMemoryMain.class, file.toString(), per);
  }

  /** Writes at least {@code size} bytes; the annotations of one image lie far from each other. */
  static int write(Path file, long size) throws IOException {
    byte[][] polygons = new byte[8][];
    for (int shift = 0; shift < polygons.length; shift++) {
      polygons[shift] = circle(400 + shift * 10).getBytes(StandardCharsets.UTF_8);
    }
    int annotations = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      long written = 0;
      out.write("{\"annotations\":[".getBytes(StandardCharsets.UTF_8));
      // Rounds over all images, each with the same polygon for all of them.
      for (int round = 0; written < size || round < polygons.length; round++) {
        byte[] polygon = polygons[round % polygons.length];
        for (int image = 0; image < IMAGES; image++) {
          byte[] head =
              "%s{\"id\":%d,\"image_id\":%d,\"iscrowd\":0,\"segmentation\":"
                  .formatted(annotations == 0 ? "" : ",\n", annotations, image)
                  .getBytes(StandardCharsets.UTF_8);
          out.write(head);
          out.write(polygon);
          out.write('}');
          written += head.length + polygon.length + 1;
          annotations++;
        }
      }
      out.write("],\"images\":[".getBytes(StandardCharsets.UTF_8));
      StringJoiner images = new StringJoiner(",");
      for (int image = 0; image < IMAGES; image++) {
        images.add("{\"id\":%d,\"height\":640,\"width\":960}".formatted(image));
      }
      out.write((images + "]}").getBytes(StandardCharsets.UTF_8));
    }
    return annotations;
  }

  private static String circle(double x) {
    StringJoiner corners = new StringJoiner(",", "[[", "]]");
    for (int at = 0; at < 600; at++) {
      double angle = at * Math.PI / 300;
      corners.add(
          String.format(
              Locale.ROOT, "%.9f,%.9f", x + 200 * Math.cos(angle), 300 + 200 * Math.sin(angle)));
    }
    return corners.toString();
  }
}
