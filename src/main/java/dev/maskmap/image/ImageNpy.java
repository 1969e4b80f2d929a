package dev.maskmap.image;

import dev.maskmap.internal.files.FileMap;
import dev.maskmap.internal.files.Maps;
import dev.maskmap.internal.npy.NpyFormatException;
import dev.maskmap.internal.npy.NpyHeader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/** A NPY file as images of one size. */
final class ImageNpy {
  private ImageNpy() {}

  static ImageStore open(Path file, Arena arena) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      NpyHeader header = NpyHeader.read(channel, file);
      ImageStore.Pixel pixel = pixel(header, file);
      header.requireData(file, channel.size());
      List<Long> shape = header.shape();
      ImageSizes sizes =
          new ImageSizes.Uniform(
              shape.get(0),
              Math.toIntExact(shape.get(1)),
              Math.toIntExact(shape.get(2)),
              pixel.channels());
      String fingerprint =
          "npy %s %s %d %08x"
              .formatted(header.descr(), words(shape), channel.size(), crc(channel, header));
      MemorySegment map = Maps.map(channel, file, header.dataOffset(), header.dataBytes(), arena);
      FileMap pixels = new FileMap(file, map);
      return new ImageStore(file, arena, fingerprint, pixels, sizes, pixel, null);
    } catch (NpyFormatException e) {
      throw new ImageFormatException(e);
    }
  }

  private static String words(List<Long> shape) {
    return shape.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }

  private static long crc(FileChannel channel, NpyHeader header) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(header.dataOffset()));
    while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {}
    CRC32 crc = new CRC32();
    crc.update(bytes.flip());
    return crc.getValue();
  }

  private static ImageStore.Pixel pixel(NpyHeader header, Path file) throws ImageFormatException {
    ImageType type = ImageType.of(header.descr()).orElse(null);
    if (type == null) {
      throw new ImageFormatException(
          file,
          "elements of type %s; expected one of %s: save a.astype('u1') or another of these"
              .formatted(header.descr(), ImageType.all()));
    }
    List<Long> shape = header.shape();
    checkShape(shape, file);
    if (header.fortranOrder()) {
      throw new ImageFormatException(
          file,
          "in Fortran order; save numpy.ascontiguousarray(a) instead, so that the pixels of a row"
              + " lie side by side");
    }
    int channels = shape.size() == 3 ? 1 : Math.toIntExact(shape.get(3));
    return new ImageStore.Pixel(type, channels, header.descr().startsWith(">") && type.bytes() > 1);
  }

  private static void checkShape(List<Long> shape, Path file) throws ImageFormatException {
    String words = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
    if (shape.size() != 3 && shape.size() != 4) {
      throw new ImageFormatException(
          file,
          "shape (%s); expected (images, height, width) or (images, height, width, channels)%s"
              .formatted(words, shape.size() == 2 ? ": save a[None] for one image" : ""));
    }
    boolean small = shape.stream().anyMatch(side -> side < 1);
    boolean large = shape.stream().skip(1).anyMatch(side -> side > Integer.MAX_VALUE);
    if (small || large || (shape.size() == 4 && shape.get(3) > ImageStore.MAX_CHANNELS)) {
      throw new ImageFormatException(
          file,
          ("shape (%s); expected at least one image, row, column and channel, sides below 2^31 and"
                  + " at most %d channels%s")
              .formatted(
                  words,
                  ImageStore.MAX_CHANNELS,
                  shape.size() == 4 && shape.get(1) <= 4
                      ? ": (images, channels, height, width) becomes a.transpose(0, 2, 3, 1)"
                      : ""));
    }
  }
}
