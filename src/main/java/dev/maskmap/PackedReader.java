package dev.maskmap;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The packed rows of a store, mask by mask, read and not mapped: what {@link Verifier} holds
 * against the checksums.
 */
sealed interface PackedReader extends Closeable permits BitsReader, RunsReader {
  /** Bytes read at once: the JDK keeps a direct buffer of the size that was asked for. */
  int BLOCK = 1 << 20;

  /** Where what is wrong in the file itself goes; reading goes on. */
  @FunctionalInterface
  interface Problems {
    void add(String file, String what);
  }

  static PackedReader open(StoreFolder folder, Manifest manifest, Problems problems)
      throws IOException {
    return manifest.layout() == Layout.BITS
        ? BitsReader.open(folder, manifest, problems)
        : RunsReader.open(folder, manifest, problems);
  }

  /**
   * Reads the next mask.
   *
   * @throws MaskFormatException if the rest cannot be read
   */
  Packed next() throws IOException;

  /** Checks that nothing is behind the last mask. */
  void finish() throws IOException;

  /**
   * A mask; the next one overwrites it.
   *
   * @param fileBytes that it has in the file
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record Packed(MaskSize size, byte[] rows, long fileBytes) {}

  /** Reads all of {@code dst} from a place in a file. */
  static void readFully(
      FileChannel channel, ByteBuffer dst, long at, StoreFolder folder, String file)
      throws IOException {
    int begin = dst.position();
    int end = dst.limit();
    while (dst.position() < end) {
      dst.limit(Math.min(end, dst.position() + BLOCK));
      if (channel.read(dst, at + dst.position() - begin) <= 0) {
        throw new MaskFormatException(folder.path(file), "cut short while it was read");
      }
      dst.limit(end);
    }
  }

  /** Memory for a mask: {@code old}, or new where that has another length. */
  static byte[] room(byte[] old, MaskSize size, StoreFolder folder, String file)
      throws MaskFormatException {
    if (size.bytes() > Integer.MAX_VALUE - 8) {
      throw new MaskFormatException(folder.path(file), "a packed mask of more than 2^31 - 9 bytes");
    }
    return old.length == size.bytes() ? old : new byte[(int) size.bytes()];
  }
}
