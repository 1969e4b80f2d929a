package dev.maskmap.internal.npy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the header of a NPY file says about the array behind it. Immutable; any thread may use it.
 *
 * @param descr the element type as NumPy spells it, such as {@code |u1} or {@code <f4}; for
 *     structured types and subarrays, whose description is a list or a tuple, its source text
 * @param fortranOrder whether the first index varies fastest
 * @param shape the array's dimensions, none negative; empty for a scalar
 * @param itemSize bytes of one element, or {@link #UNKNOWN_ITEM_SIZE}
 * @param dataOffset byte offset of the array in the file
 */
public record NpyHeader(
    String descr, boolean fortranOrder, List<Long> shape, long itemSize, long dataOffset) {
  /** Bytes of the header that {@link #encode} gives. */
  public static final int BYTES = 128;

  /** The item size of structured types, objects (pickled) and types that are not known here. */
  public static final long UNKNOWN_ITEM_SIZE = 0;

  /**
   * Copies {@code shape}.
   *
   * @throws ArithmeticException if the array's end, in bytes, does not fit a {@code long}
   */
  public NpyHeader {
    shape = List.copyOf(shape);
    // An unknown item has at least one byte, so that the count of elements is checked as well.
    long bytes = product(shape, Math.max(itemSize, 1));
    if (bytes > Long.MAX_VALUE - dataOffset) {
      throw new ArithmeticException("the array ends beyond 2^63 - 1 bytes");
    }
  }

  /**
   * Reads the header of a file.
   *
   * @throws NpyFormatException if the file is not a NPY file of version 1.0, 2.0 or 3.0
   * @throws IOException if the file cannot be read
   */
  public static NpyHeader read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new NpyFormatException(file, 0, "a folder", "a NPY file", "");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return read(channel, file);
    }
  }

  /**
   * Reads the header at the start of a channel, whose position is neither used nor moved. Never
   * maps: a file truncated meanwhile is an exception and nothing worse.
   *
   * @param nameForMessages the file that error messages name
   * @throws NpyFormatException if the content is not a NPY file of version 1.0, 2.0 or 3.0
   * @throws IOException if the channel cannot be read
   */
  public static NpyHeader read(FileChannel channel, Path nameForMessages) throws IOException {
    return new HeaderReader(NpyBytes.of(channel), nameForMessages).read();
  }

  /**
   * Reads the header of an array that is not a file of its own, such as a member of an archive.
   *
   * @param nameForMessages what error messages begin with
   * @throws NpyFormatException if the content is not a NPY file of version 1.0, 2.0 or 3.0
   * @throws IOException if the bytes cannot be read
   */
  public static NpyHeader read(NpyBytes bytes, String nameForMessages) throws IOException {
    return new HeaderReader(bytes, nameForMessages).read();
  }

  /**
   * The header that every store of ours carries: version 1.0, exactly 128 bytes (so the data are
   * 64-byte aligned), C order, written as NumPy itself writes it.
   *
   * @param descr a plain type such as {@code |u1}
   * @throws IllegalArgumentException if a dimension is negative, {@code descr} is not plain, or the
   *     header does not fit 128 bytes
   */
  public static byte[] encode(String descr, long... shape) {
    return HeaderEncoder.encode(descr, shape);
  }

  /** Bytes of the array, or 0 where {@link #itemSize} is unknown. */
  public long dataBytes() {
    return product(shape, itemSize);
  }

  /**
   * Checks that the whole array lies in its file; bytes behind it are allowed, as NumPy allows
   * them.
   *
   * @param nameForMessages the file that error messages name
   * @param fileBytes the file's length
   * @throws NpyFormatException if the file is shorter than the array's end, or the item size is
   *     unknown
   */
  public void requireData(Path nameForMessages, long fileBytes) throws NpyFormatException {
    if (itemSize == UNKNOWN_ITEM_SIZE) {
      throw new NpyFormatException(
          nameForMessages,
          0,
          "elements of type " + Text.shorten(descr),
          "a plain type such as |u1",
          "save a plain array, without fields and objects");
    }
    long end = dataOffset + dataBytes();
    if (fileBytes < end) {
      throw lengthError(
          nameForMessages,
          fileBytes,
          "the end of the file",
          "the file is cut short (bytes missing: "
              + (end - fileBytes)
              + "), copy or write it again");
    }
  }

  /**
   * Checks that the file holds the array and not a byte more, as the files of a store do.
   *
   * @param nameForMessages the file that error messages name
   * @param fileBytes the file's length
   * @throws NpyFormatException if the file is shorter or longer, or the item size is unknown
   */
  public void requireDataOnly(Path nameForMessages, long fileBytes) throws NpyFormatException {
    requireData(nameForMessages, fileBytes);
    long end = dataOffset + dataBytes();
    if (fileBytes > end) {
      String found = (fileBytes - end) + " bytes after the array";
      throw lengthError(nameForMessages, end, found, "");
    }
  }

  private NpyFormatException lengthError(Path file, long offset, String found, String remedy) {
    String dimensions = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
    String expected =
        "%d bytes in all (%d of header, %d of %s in the shape (%s))"
            .formatted(dataOffset + dataBytes(), dataOffset, dataBytes(), descr, dimensions);
    return new NpyFormatException(file, offset, found, expected, remedy);
  }

  private static long product(List<Long> shape, long itemSize) {
    // First, because (2^62, 2^62, 0) is a legal empty array.
    if (itemSize == 0 || shape.contains(0L)) {
      return 0;
    }
    long bytes = itemSize;
    for (long dimension : shape) {
      bytes = Math.multiplyExact(bytes, dimension);
    }
    return bytes;
  }
}
