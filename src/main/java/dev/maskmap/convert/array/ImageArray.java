package dev.maskmap.convert.array;

import dev.maskmap.convert.pixels.ImagePixels;
import dev.maskmap.convert.pixels.Messages;
import dev.maskmap.image.ImageType;
import dev.maskmap.internal.npy.NpyHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** NPY files of one image each: {@code (height, width)} or {@code (height, width, channels)}. */
public final class ImageArray {
  private ImageArray() {}

  /**
   * Reads the image of a file.
   *
   * @throws IOException if it cannot be read or is no such array; one line that begins with the
   *     file
   */
  public static ImagePixels read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      NpyHeader header = NpyHeader.read(channel, file);
      ImageType type = ImageType.of(header.descr()).orElse(null);
      List<Long> shape = header.shape();
      boolean fits =
          (shape.size() == 2 || shape.size() == 3)
              && shape.stream().allMatch(side -> side > 0 && side < Integer.MAX_VALUE);
      if (type == null || !fits || header.fortranOrder()) {
        throw new IOException(
            "%s: an array %s of shape %s%s; expected numbers of shape (height, width) or (height, width,"
                    .formatted(
                        file,
                        header.descr(),
                        shape,
                        header.fortranOrder() ? " in Fortran order" : "")
                + " channels) in C order: save numpy.ascontiguousarray(a)");
      }
      header.requireData(file, channel.size());
      int height = shape.get(0).intValue();
      int width = shape.get(1).intValue();
      int channels = shape.size() == 2 ? 1 : shape.get(2).intValue();
      byte[] out = ImagePixels.room(height, width, channels, type);
      fill(channel, header.dataOffset(), out, file);
      if (header.descr().startsWith(">")) {
        turnRound(out, type.bytes());
      }
      return new ImagePixels(height, width, channels, type, out);
    } catch (FileSystemException e) {
      throw new IOException(Messages.oneLine(file + ": " + Messages.unreadable(e)), e);
    }
  }

  private static void fill(FileChannel channel, long offset, byte[] out, Path file)
      throws IOException {
    ByteBuffer to = ByteBuffer.wrap(out);
    while (to.hasRemaining()) {
      if (channel.read(to, offset + to.position()) < 0) {
        throw new IOException(file + ": cut short while it was read");
      }
    }
  }

  private static void turnRound(byte[] out, int bytes) {
    for (int at = 0; at < out.length; at += bytes) {
      for (int i = 0; i < bytes / 2; i++) {
        byte first = out[at + i];
        out[at + i] = out[at + bytes - 1 - i];
        out[at + bytes - 1 - i] = first;
      }
    }
  }
}
