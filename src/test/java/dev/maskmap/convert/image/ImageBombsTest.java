package dev.maskmap.convert.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.pixels.Channel;
import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.MaskSource;
import dev.maskmap.testing.Allocations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small files that promise much: one line, at once, in little memory. */
class ImageBombsTest {
  private static final long MAX_BYTES = 64L << 20;

  @TempDir Path folder;

  @Test
  void pngOfTenBillionPixels() {
    assertRefused(
        TestImages.join(
            TestImages.PNG_SIGNATURE,
            TestImages.header(100_000, 100_000, 1, 0),
            TestImages.chunk("IDAT", new byte[10])),
        "its header says 100000 x 100000 pixels");
  }

  @Test
  void pngWhoseDataInflatesToGigabytes() throws IOException {
    byte[] data = zeros(2L << 30);
    for (int colorType : new int[] {0, 2, 6}) {
      byte[] png =
          TestImages.join(
              TestImages.PNG_SIGNATURE,
              TestImages.header(100, 100, 8, colorType),
              TestImages.chunk("IDAT", data),
              TestImages.chunk("IEND", new byte[0]));
      assertRefused(png, "corrupt image data: more than the");
    }
  }

  private static byte[] zeros(long length) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] block = new byte[1 << 20];
    try (DeflaterOutputStream deflated = new DeflaterOutputStream(out, new Deflater(1))) {
      for (long done = 0; done < length; done += block.length) {
        deflated.write(block);
      }
    }
    return out.toByteArray();
  }

  @Test
  void pnmOfTenToTheEighteenPixels() {
    for (int type = 1; type <= 6; type++) {
      assertRefused(
          "P%d 1000000000 1000000000 255 1 1 1".formatted(type).getBytes(ISO_8859_1),
          "its header says 1000000000 x 1000000000 pixels");
      assertRefused(
          "P%d 16384 16384 255 1 1 1 1 1 1".formatted(type).getBytes(ISO_8859_1),
          "truncated PNM: ");
      assertRefused(
          "P%d 99999999999999999999 1 255 1".formatted(type).getBytes(ISO_8859_1),
          "corrupt PNM: no width at byte 3");
    }
  }

  @Test
  void tiffWhosePagesAreALoop() {
    byte[] self = tiff(8);
    assertRefused(self, "its pages form a loop, the directory at byte 8 comes again");
  }

  @Test
  void tiffWhoseDirectoryIsOutsideTheFile() {
    assertRefused(tiff(1 << 30), "truncated or corrupt TIFF: 2 bytes at byte 1073741824");
  }

  @Test
  void tiffOfAMillionPages() {
    int pages = 1_000_000;
    ByteBuffer out = ByteBuffer.allocate(8 + 18 * pages).order(ByteOrder.LITTLE_ENDIAN);
    out.put("II*\0".getBytes(ISO_8859_1)).putInt(8);
    for (int i = 1; i <= pages; i++) {
      out.putShort((short) 1).putShort((short) 256).putShort((short) 4).putInt(1).putInt(5);
      out.putInt(i == pages ? 0 : 8 + 18 * i);
    }
    assertRefused(out.array(), "a TIFF of more than 65536 pages");
  }

  @Test
  void tiffOfManyPixelsAndLittleData() {
    for (int compression : new int[] {1, 5, 8, 32_773}) {
      assertRefused(
          page(16_384, 16_384, compression, 16_384, 8, 100),
          "cannot hold its 16384 x 16384 pixels");
    }
    assertRefused(page(100_000, 100_000, 1, 1, 1, 100), "its header says 100000 x 100000 pixels");
  }

  @Test
  void tiffOfMoreStripsThanItHolds() {
    assertRefused(page(1 << 20, 1, 8, 1, 1, 100), "tag 273 has 1 values, expected 1048576");
  }

  /** A TIFF of one directory at byte 8 whose successor is {@code next}. */
  private static byte[] tiff(int next) {
    ByteBuffer out = ByteBuffer.allocate(26).order(ByteOrder.LITTLE_ENDIAN);
    out.put("II*\0".getBytes(ISO_8859_1)).putInt(8);
    out.putShort((short) 1).putShort((short) 256).putShort((short) 4).putInt(1).putInt(5);
    return out.putInt(next).array();
  }

  private static byte[] page(
      int height, int width, int compression, int stripRows, int bits, int length) {
    int[][] entries = {
      {256, width},
      {257, height},
      {258, bits},
      {259, compression},
      {262, 1},
      {273, 8 + 2 + 8 * 12 + 4},
      {278, stripRows},
      {279, length}
    };
    ByteBuffer out = ByteBuffer.allocate(8 + 2 + 8 * 12 + 4 + length);
    out.order(ByteOrder.LITTLE_ENDIAN).put("II*\0".getBytes(ISO_8859_1)).putInt(8);
    out.putShort((short) entries.length);
    for (int[] entry : entries) {
      out.putShort((short) entry[0]).putShort((short) 4).putInt(1).putInt(entry[1]);
    }
    return out.array();
  }

  @Test
  void jpegWhoseHeaderIsEnlarged() {
    byte[] jpeg = TestImages.encode("jpg", new int[64], 8, 8, 0);
    for (int i = 0; i < jpeg.length; i++) {
      if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) 0xC0) {
        jpeg[i + 5] = 0x3F;
        jpeg[i + 7] = 0x3F;
        break;
      }
    }
    assertRefused(jpeg, "cannot hold the 16136 x 16136 pixels");
  }

  /** Its header leads to many tables of codes, of which it holds but the first. */
  @Test
  void webpOfMoreTablesThanItHolds() {
    String file =
        "UklGRlIAAABXRUJQVlA4TEUAAAAvF8AEAA9U//M/m/MfeOkV27aSjX8S4UV5NINo0DMKuMtBSkT0P/U3UqGGk+UY"
            + "nBGtR+mQrA6lw+pxxtwGWaRMKqRBWgAA";
    assertRefused(Base64.getDecoder().decode(file), "ends before its last pixel");
  }

  private void assertRefused(byte[] bytes, String reason) {
    Path file = TestImages.write(folder.resolve("bomb.png"), bytes);
    long before = Allocations.ofThisThread();
    IOException e =
        assertTimeout(
            Duration.ofSeconds(20), () -> assertThrows(IOException.class, () -> readAll(file)));
    assertTrue(Allocations.ofThisThread() - before < MAX_BYTES, "allocates too much");
    assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
  }

  private static void readAll(Path file) throws IOException {
    try (MaskSource source = ImageSource.open(new MaskFile("bomb", file), Channel.VALUES)) {
      for (MaskItem item = source.next(); item != null; item = source.next()) {
        item.read();
      }
    }
  }
}
