package dev.maskmap;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The names of a store: one a line, and where each line begins. Both are mapped. */
final class MaskNames {
  /** Longest name, in bytes of UTF-8. */
  static final int MAX_BYTES = 4096;

  private static final ValueLayout.OfLong OFFSET =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment text;
  private final MemorySegment offsets;

  MaskNames(MemorySegment text, MemorySegment offsets) {
    this.text = text;
    this.offsets = offsets;
  }

  String name(long mask) {
    return new String(bytes(mask), StandardCharsets.UTF_8);
  }

  /** The name's bytes; the offsets are addresses, so they are checked here. */
  private byte[] bytes(long mask) {
    long start = offsets.getAtIndex(OFFSET, mask);
    long end = offsets.getAtIndex(OFFSET, mask + 1) - 1;
    if (start < 0 || end - start < 1 || end - start > MAX_BYTES || end >= text.byteSize()) {
      throw new IllegalStateException(
          "the name of mask %d begins at byte %d and ends at byte %d of %s, which has %d: damaged"
              .formatted(mask, start, end, StoreFiles.NAMES, text.byteSize()));
    }
    return text.asSlice(start, end - start).toArray(JAVA_BYTE);
  }

  /** The mask so named, or -1; reads the names from the first on. */
  long indexOf(String name) {
    byte[] wanted = (name + "\n").getBytes(StandardCharsets.UTF_8);
    long masks = offsets.byteSize() / Long.BYTES - 1;
    MemorySegment line = MemorySegment.ofArray(wanted);
    for (long i = 0; i < masks; i++) {
      long start = offsets.getAtIndex(OFFSET, i);
      long length = offsets.getAtIndex(OFFSET, i + 1) - start;
      if (length == wanted.length
          && start >= 0
          && start <= text.byteSize() - length
          && MemorySegment.mismatch(text, start, start + length, line, 0, length) < 0) {
        return i;
      }
    }
    return -1;
  }

  /**
   * @throws IllegalArgumentException if a store cannot hold the name
   */
  static byte[] encode(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < 1 || bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a name of %d bytes of UTF-8: expected 1 to %d".formatted(bytes.length, MAX_BYTES));
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isISOControl(c)) {
        throw new IllegalArgumentException(
            "a name with the control character U+%04X at %d: %s"
                .formatted((int) c, i, name.replaceAll("\\p{Cntrl}", "?")));
      }
    }
    if (!new String(bytes, StandardCharsets.UTF_8).equals(name)) {
      throw new IllegalArgumentException("a name with half a surrogate pair is not Unicode");
    }
    return bytes;
  }
}
