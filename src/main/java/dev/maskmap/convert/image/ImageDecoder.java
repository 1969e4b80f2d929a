package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.Channel;
import dev.maskmap.convert.pixels.DecodedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a file of one image into raw pixel values, told by content and not by name. Each format is
 * checked for completeness before it is decoded, because ImageIO is lenient with damaged files.
 * Stateless: any number of threads may read at once.
 */
public final class ImageDecoder {
  private static final long MAX_FILE_BYTES = 1L << 30;

  private ImageDecoder() {}

  /**
   * Reads the values of {@code file}.
   *
   * @throws IOException if it cannot be read, is not such an image, is truncated, corrupt or too
   *     large, or holds several images; the message is one line that begins with the file
   */
  public static DecodedImage read(Path file) throws IOException {
    return read(file, Channel.VALUES);
  }

  static DecodedImage read(Path file, Channel channel) throws IOException {
    String origin = file.toString();
    return Guarded.call(origin, () -> decode(file, origin, channel));
  }

  /** Tells what a file is by its first bytes. */
  static FileContent content(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return FileContent.of(in.readNBytes(FileContent.HEAD_BYTES));
    }
  }

  private static DecodedImage decode(Path file, String origin, Channel channel) throws IOException {
    if (content(file) == FileContent.TIFF) {
      return TiffDecoder.read(file, onlyPage(TiffPages.of(file)), origin, channel);
    }
    byte[] bytes = readBytes(file);
    FileContent content = FileContent.of(bytes);
    return switch (content) {
      case PNG -> PngDecoder.decode(origin, bytes, channel);
      case PNM -> PnmDecoder.decode(origin, bytes, channel);
      case GIF -> GifDecoder.decode(origin, bytes, channel);
      case BMP -> PluginDecoder.bmp(origin, bytes, channel);
      case JPEG -> PluginDecoder.jpeg(origin, bytes, channel);
      case WEBP -> PluginDecoder.webp(origin, bytes, channel);
      case TIFF -> throw new IOException("the file has changed while it was read");
      case LFS_POINTER, DAMAGED_PNG, EMPTY, OTHER -> throw new IOException(content.refusal(bytes));
    };
  }

  static long onlyPage(long[] pages) throws IOException {
    if (pages.length != 1) {
      throw new IOException(
          "a TIFF of %d pages, where one image is expected".formatted(pages.length));
    }
    return pages[0];
  }

  static byte[] readBytes(Path file) throws IOException {
    long size = Files.size(file);
    if (size > MAX_FILE_BYTES) {
      throw new IOException(
          "a file of %d bytes, more than the %d that are read".formatted(size, MAX_FILE_BYTES));
    }
    return Files.readAllBytes(file);
  }
}
