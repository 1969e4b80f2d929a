package dev.maskmap.convert.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.pixels.Channel;
import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.DecodedImage.Kind;
import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.MaskSource;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is one mask, or one a page, and its samples or its alpha. */
class ImageSourceTest {
  @TempDir Path folder;

  @Test
  void aFileOfOneImageIsOneItemWithItsName() throws IOException {
    Path file = write("a.png", TestImages.png(new int[6], 2, 3, 1, 0));
    List<MaskItem> items = items(file, Channel.VALUES);
    assertEquals(1, items.size());
    assertEquals("some/mask", items.getFirst().name());
    assertEquals(file.toString(), items.getFirst().origin());
    assertEquals(Files.size(file), items.getFirst().bytes());
  }

  @Test
  void nothingIsReadBeforeTheItemIs() throws IOException {
    Path file = write("a.png", TestImages.png(new int[6], 2, 3, 1, 0));
    MaskItem item = items(file, Channel.VALUES).getFirst();
    Files.delete(file);
    IOException e = assertThrows(IOException.class, item::read);
    assertEquals(file + ": no such file", e.getMessage());
  }

  @Test
  void aMissingFileIsRefusedWhenItIsOpened() {
    Path file = folder.resolve("none.png");
    IOException e = assertThrows(IOException.class, () -> items(file, Channel.VALUES));
    assertEquals(file + ": no such file", e.getMessage());
  }

  @Test
  void thePagesOfATiffAreNumberedFromZeroWithEqualWidth() throws IOException {
    Path file = write("stack.tif", tiff(11));
    List<MaskItem> items = items(file, Channel.VALUES);
    assertEquals("some/mask/00", items.getFirst().name());
    assertEquals("some/mask/10", items.getLast().name());
    assertEquals(file + ": page 10", items.getLast().origin());
    assertEquals(Files.size(file), items.stream().mapToLong(MaskItem::bytes).sum());
    for (int page = 0; page < 11; page++) {
      DecodedImage image = (DecodedImage) items.get(page).read();
      assertEquals(5 + page, image.height());
      assertEquals(1, image.values().at(page));
      assertEquals(0, image.values().at(page + 1));
    }
  }

  @Test
  void aTiffOfOnePageHasTheNameOfItsFile() throws IOException {
    Path file = write("one.tif", tiff(1));
    MaskItem item = items(file, Channel.VALUES).getFirst();
    assertEquals("some/mask", item.name());
    assertEquals(file.toString(), item.origin());
    assertEquals(5, ImageDecoder.read(file).height());
  }

  @Test
  void aDamagedPageIsNamedAndTheOthersAreRead() throws IOException {
    byte[] bytes = tiff(3);
    Path file = write("stack.tif", bytes);
    List<MaskItem> items = items(file, Channel.VALUES);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 40));
    items.getFirst().read();
    IOException e = assertThrows(IOException.class, items.getLast()::read);
    assertTrue(
        e.getMessage().startsWith(file + ": page 2: truncated or corrupt TIFF"), e.getMessage());
  }

  @Test
  void severalPagesAreNoSingleImage() throws IOException {
    Path file = write("stack.tif", tiff(3));
    IOException e = assertThrows(IOException.class, () -> ImageDecoder.read(file));
    assertEquals(file + ": a TIFF of 3 pages, where one image is expected", e.getMessage());
  }

  @Test
  void alphaIsASampleOfItsOwn() throws IOException {
    byte[] row = {0, 10, 20, 30, 0, 1, 2, 3, (byte) 200};
    byte[] png =
        TestImages.join(
            TestImages.PNG_SIGNATURE,
            TestImages.header(1, 2, 8, 6),
            TestImages.chunk("IDAT", TestImages.deflate(row)),
            TestImages.chunk("IEND", new byte[0]));
    DecodedImage alpha = read(write("rgba.png", png), Channel.ALPHA);
    assertEquals(Kind.ALPHA, alpha.kind());
    assertArrayEquals(new int[] {0, 200}, values(alpha));
  }

  @Test
  void alphaOfAPaletteIsLookedUpAndOpaqueWhereItIsLeftOut() throws IOException {
    byte[] png = TestImages.png(new int[] {0, 1, 2, 3}, 2, 2, 2, 3);
    byte[] transparent = TestImages.chunk("tRNS", new byte[] {0, 77});
    int data = new String(png, ISO_8859_1).indexOf("IDAT") - 4;
    byte[] bytes =
        ByteBuffer.allocate(png.length + transparent.length)
            .put(png, 0, data)
            .put(transparent)
            .put(png, data, png.length - data)
            .array();
    DecodedImage alpha = read(write("palette.png", bytes), Channel.ALPHA);
    assertArrayEquals(new int[] {0, 77, 255, 255}, values(alpha));
  }

  @Test
  void anImageWithoutAlphaIsRefusedWhereAlphaIsAskedFor() throws IOException {
    List<byte[]> without =
        List.of(
            TestImages.png(new int[4], 2, 2, 8, 0),
            TestImages.encode("bmp", new int[4], 2, 2, 0),
            TestImages.encode("jpg", new int[4], 2, 2, 0),
            TestImages.encode("gif", new int[4], 1, 4, 4),
            "P5 1 1 255 a".getBytes(ISO_8859_1),
            tiff(1));
    for (byte[] bytes : without) {
      Path file = write("opaque", bytes);
      IOException e = assertThrows(IOException.class, () -> read(file, Channel.ALPHA));
      assertTrue(e.getMessage().startsWith(file + ": it has no alpha channel"), e.getMessage());
    }
  }

  @Test
  void jpegIsReadWithANoteThatItIsLossy() throws IOException {
    DecodedImage image =
        read(write("a.png", TestImages.encode("jpg", new int[64], 8, 8, 0)), Channel.VALUES);
    assertTrue(image.note().startsWith("JPEG is lossy"), image.note());
    assertTrue(image.note().contains("--threshold"), image.note());
  }

  @Test
  void paletteColoursComeWithTheIndexes() throws IOException {
    byte[] gif = TestImages.encode("gif", new int[] {0, 1, 2, 3}, 1, 4, 4);
    DecodedImage image = read(write("a.gif", gif), Channel.VALUES);
    assertEquals(0xFF07FF, image.palette()[0]);
    assertEquals(0xFC07FC, image.palette()[3]);
  }

  private static int[] values(DecodedImage image) {
    int[] out = new int[image.values().length()];
    Arrays.setAll(out, i -> (int) image.values().at(i));
    return out;
  }

  private Path write(String name, byte[] bytes) {
    return TestImages.write(folder.resolve(name), bytes);
  }

  private static DecodedImage read(Path file, Channel channel) throws IOException {
    return (DecodedImage) items(file, channel).getFirst().read();
  }

  private static List<MaskItem> items(Path file, Channel channel) throws IOException {
    List<MaskItem> items = new ArrayList<>();
    try (MaskSource source = ImageSource.open(new MaskFile("some/mask", file), channel)) {
      for (MaskItem item = source.next(); item != null; item = source.next()) {
        items.add(item);
      }
    }
    return items;
  }

  /** Bilevel pages of different heights, each with one white pixel in its first row. */
  private static byte[] tiff(int pages) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (int page = 0; page < pages; page++) {
        BufferedImage image = new BufferedImage(16, 5 + page, BufferedImage.TYPE_BYTE_BINARY);
        image.setRGB(page, 0, 0xFFFFFFFF);
        writer.writeToSequence(new IIOImage(image, null, null), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
