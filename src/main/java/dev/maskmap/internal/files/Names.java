package dev.maskmap.internal.files;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The names of a store: one a line, and where each line begins. Both are mapped. */
public final class Names {
  /** Longest name, in bytes of UTF-8. */
  public static final int MAX_BYTES = 4096;

  private static final ValueLayout.OfLong OFFSET =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment text;
  private final MemorySegment offsets;

  /** Names whose lines are bytes of {@code text}, and begin at the elements of {@code offsets}. */
  public Names(MemorySegment text, MemorySegment offsets) {
    this.text = text;
    this.offsets = offsets;
  }

  /**
   * Returns a name.
   *
   * @throws IllegalStateException if it does not lie where names are
   */
  public String name(long i) {
    return new String(bytes(i), StandardCharsets.UTF_8);
  }

  /** The name's bytes; the offsets are addresses, so they are checked here. */
  private byte[] bytes(long i) {
    long start = offsets.getAtIndex(OFFSET, i);
    long end = offsets.getAtIndex(OFFSET, i + 1) - 1;
    if (start < 0 || end - start < 1 || end - start > MAX_BYTES || end >= text.byteSize()) {
      throw new IllegalStateException(
          "name %d begins at byte %d and ends at byte %d of the names, which have %d: damaged"
              .formatted(i, start, end, text.byteSize()));
    }
    return text.asSlice(start, end - start).toArray(JAVA_BYTE);
  }

  /** The index of a name, or -1; reads the names from the first on. */
  public long indexOf(String name) {
    byte[] wanted = (name + "\n").getBytes(StandardCharsets.UTF_8);
    long count = offsets.byteSize() / Long.BYTES - 1;
    MemorySegment line = MemorySegment.ofArray(wanted);
    for (long i = 0; i < count; i++) {
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
   * Returns the bytes of a name.
   *
   * @throws IllegalArgumentException if a store cannot hold the name
   */
  public static byte[] encode(String name) {
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
