package dev.maskmap.convert.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.pixels.Channel;
import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.MaskSource;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Whatever happens to a file, reading it ends soon, with an image or with one line. */
class ImageFuzzProps {
  private static final long MAX_NANOS = 60_000_000_000L;

  /** Written by Pillow: no writer of this format is at hand. */
  private static final List<String> WEBP =
      List.of(
          "UklGRlIAAABXRUJQVlA4TEUAAAAvF8AEAA8w//M///MfeGAV27aSjX8S4UV5NINo0MQKuMtBSkT0P/U3UqE0k+U2nBGtR+mQQA6lw+pxxtwGWaRMKqRBWgAA",
          "UklGRsQAAABXRUJQVlA4ILgAAADwBQCdASoYABQAPtFgqE+oJSOiKAgBABoJaQATgA54LMEmjb4B+jodl31wvDYprHqtKgjt9N40cAD+9geoijXqCN3CfdcVHb4tv3uVUEj2XSiqGYr0tdxKJ6qexG5xW5LKHTb7d+LzZa+EapV9BP8Q0Pv2DWqnn9+4hKXsPU707tCwT2n4zNKzPPMYqJpjWU/Z5yPzyhP7Dnn+OHtUCDrJ84nQxsL/nMev/CoNZ75E8bIuiwVcAAAA");

  private static final List<byte[]> SAMPLES = samples();

  private Path file = Path.of("");

  @BeforeProperty
  void createFile() throws IOException {
    file = Files.createTempFile("fuzz", ".img");
  }

  @AfterProperty
  void deleteFile() throws IOException {
    Files.delete(file);
  }

  @Example
  void everySampleIsReadAsItIs() throws IOException {
    for (byte[] sample : SAMPLES) {
      Files.write(file, sample);
      assertEquals(1, readAll(Channel.VALUES));
    }
  }

  @Example
  void aWebpWhoseDataEndsEarlyIsRefusedThoughItsSizesFit() throws IOException {
    for (String text : WEBP) {
      byte[] whole = Base64.getDecoder().decode(text);
      byte[] cut = Arrays.copyOf(whole, whole.length - 4);
      ByteBuffer sizes = ByteBuffer.wrap(cut).order(ByteOrder.LITTLE_ENDIAN);
      sizes.putInt(4, cut.length - 8).putInt(16, sizes.getInt(16) - 4);
      Files.write(file, cut);
      IOException e = assertThrows(IOException.class, () -> readAll(Channel.VALUES));
      assertTrue(e.getMessage().contains("it ends before its last pixel"), e.getMessage());
    }
  }

  @Property(tries = 3000)
  void aDamagedFileIsReadOrRefusedInOneLine(
      @ForAll @IntRange(max = 1000) int sample,
      @ForAll @IntRange(max = 12) int flips,
      @ForAll boolean headOnly,
      @ForAll @IntRange(max = 3) int cut,
      @ForAll long seed)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] whole = SAMPLES.get(sample % SAMPLES.size());
    byte[] bytes = cut > 0 ? whole.clone() : Arrays.copyOf(whole, random.nextInt(whole.length));
    int bound = headOnly ? Math.min(bytes.length, 160) : bytes.length;
    for (int i = 0; i < flips && bound > 0; i++) {
      bytes[random.nextInt(bound)] = (byte) random.nextInt(256);
    }
    Files.write(file, bytes);
    long start = System.nanoTime();
    check(Channel.VALUES);
    check(Channel.ALPHA);
    assertTrue(
        System.nanoTime() - start < MAX_NANOS,
        () -> "takes too long: " + Base64.getEncoder().encodeToString(bytes));
  }

  private void check(Channel channel) {
    try {
      readAll(channel);
    } catch (IOException e) {
      assertEquals(0, e.getMessage().indexOf(file + ": "), e.getMessage());
      assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    }
  }

  private int readAll(Channel channel) throws IOException {
    int count = 0;
    try (MaskSource source = ImageSource.open(new MaskFile("fuzz", file), channel)) {
      for (MaskItem item = source.next(); item != null; item = source.next()) {
        item.read();
        count++;
      }
    }
    return count;
  }

  private static List<byte[]> samples() {
    List<byte[]> all = new ArrayList<>();
    int[] values = new SplittableRandom(1).ints(20 * 24, 0, 2).toArray();
    all.add(TestImages.png(values, 20, 24, 1, 0));
    all.add(TestImages.png(values, 20, 24, 4, 3));
    all.add(TestImages.png(values, 20, 24, 16, 0));
    for (String format : List.of("png", "bmp", "gif", "jpg")) {
      int colors = format.equals("gif") ? 9 : 0;
      all.add(TestImages.encode(format, values, 20, 24, colors));
    }
    for (String method :
        List.of("CCITT RLE", "CCITT T.4", "CCITT T.6", "LZW", "ZLib", "PackBits")) {
      all.add(tiff(method, BufferedImage.TYPE_BYTE_BINARY));
    }
    all.add(tiff("LZW", BufferedImage.TYPE_INT_RGB));
    all.add("P1 6 2 1 0 1 0 1 1 0 1 1 1 0 0".getBytes(ISO_8859_1));
    all.add("P2 3 2 9 1 0 9 8 1 1".getBytes(ISO_8859_1));
    all.add("P4 6 2 ab".getBytes(ISO_8859_1));
    all.add("P5 3 2 255 abcdef".getBytes(ISO_8859_1));
    all.add("P6 1 2 65535 abcdefghijkl".getBytes(ISO_8859_1));
    WEBP.forEach(text -> all.add(Base64.getDecoder().decode(text)));
    return all;
  }

  private static byte[] tiff(String method, int type) {
    BufferedImage image = new BufferedImage(24, 20, type);
    for (int i = 0; i < 20 * 24; i++) {
      image.setRGB(i % 24, i / 24, Math.sin(i / 9.0) > 0 ? 0xFFFFFFFF : 0xFF000000);
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionType(method);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
