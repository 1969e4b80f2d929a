package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.DecodedImage.Kind;
import dev.maskmap.convert.pixels.Messages;
import dev.maskmap.convert.pixels.PixelLimit;
import dev.maskmap.convert.pixels.PixelValues;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads one image file into raw pixel values. PNG, GIF and BMP, told by content and not by name;
 * each is checked for completeness first, because ImageIO is lenient with damaged files. Stateless:
 * any number of threads may read at once.
 */
public final class ImageDecoder {
  private static final long MAX_FILE_BYTES = 1L << 30;

  private ImageDecoder() {}

  /**
   * Reads {@code file}.
   *
   * @throws IOException if it cannot be read, is not such an image, is truncated, corrupt or too
   *     large, or holds several frames; the message is one line that begins with the file
   */
  public static DecodedImage read(Path file) throws IOException {
    byte[] bytes = readBytes(file);
    try {
      return decode(file, bytes);
    } catch (IOException e) {
      throw new IOException(Messages.oneLine(file + ": " + reason(e)), e);
    } catch (RuntimeException e) {
      // What the readers throw on corrupt data: IndexOutOfBounds, NegativeArraySize and others.
      throw new IOException(Messages.oneLine(file + ": corrupt image data: " + e), e);
    } catch (OutOfMemoryError e) {
      throw new IOException(
          Messages.oneLine(file + ": not enough memory to decode it; try fewer jobs or -Xmx"), e);
    }
  }

  private static byte[] readBytes(Path file) throws IOException {
    try {
      long size = Files.size(file);
      if (size > MAX_FILE_BYTES) {
        throw new IOException(size + " bytes, more than the " + MAX_FILE_BYTES + " that are read");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IOException(Messages.oneLine(file + ": " + Messages.unreadable(e)), e);
    }
  }

  private static DecodedImage decode(Path file, byte[] bytes) throws IOException {
    FileContent content = FileContent.of(bytes);
    return switch (content) {
      case PNG -> {
        PngChunks.Checked png = PngChunks.check(bytes);
        yield image(file, png.header().kind(), decode("png", png.bytes()));
      }
      case GIF -> {
        GifBlocks.check(bytes);
        yield image(file, Kind.INDEXED, decode("gif", bytes));
      }
      case BMP -> {
        BmpHeader.check(bytes);
        BufferedImage image = decode("bmp", bytes);
        boolean indexed = image.getColorModel() instanceof IndexColorModel;
        yield image(file, indexed ? Kind.INDEXED : Kind.COLOR, image);
      }
      default -> throw new IOException(content.refusal(bytes));
    };
  }

  private static DecodedImage image(Path file, Kind kind, BufferedImage image) {
    PixelValues values =
        kind == Kind.COLOR
            ? RasterValues.color(image.getRaster())
            : RasterValues.gray(image.getRaster());
    return new DecodedImage(file.toString(), image.getHeight(), image.getWidth(), kind, values);
  }

  private static BufferedImage decode(String format, byte[] bytes) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
    if (!readers.hasNext()) {
      throw new IOException("this Java has no reader for " + format);
    }
    ImageReader reader = readers.next();
    // Memory, never ImageIO's cache of temporary files.
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      List<String> warnings = new ArrayList<>();
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      reader.setInput(in, true, true);
      PixelLimit.check(reader.getHeight(0), reader.getWidth(0));
      BufferedImage image = reader.read(0);
      if (!warnings.isEmpty()) {
        throw new IOException("corrupt image data: " + warnings.getFirst());
      }
      return image;
    } finally {
      reader.dispose();
    }
  }

  /** The readers wrap the cause that says more in a message that says less. */
  private static String reason(IOException e) {
    Throwable cause = e.getCause();
    String message = e.getMessage() == null ? "corrupt image data" : e.getMessage();
    return cause == null
        ? message
        : String.format(Locale.ROOT, "corrupt image data: %s (%s)", message, cause.getMessage());
  }
}
