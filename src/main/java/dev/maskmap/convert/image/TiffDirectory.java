package dev.maskmap.convert.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The directory of one page (TIFF 6.0, section 2): numbers by tag, read when they are asked for.
 * Our own, because the library's is read for all pages at once, with all directories within them.
 */
final class TiffDirectory {
  private static final int BYTE = 1;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int LONG8 = 16;

  /** How pixels are stored. All other tags are kept from the library. */
  private static final Set<Integer> STORAGE =
      Set.of(
          256, 257, 258, 259, 262, 266, 273, 277, 278, 279, 284, 292, 293, 317, 320, 322, 323, 324,
          325, 338, 339);

  private final TiffInput in;
  private final ByteArrayOutputStream storage = new ByteArrayOutputStream();
  private final Map<Integer, Field> fields = new HashMap<>();

  private TiffDirectory(TiffInput in) {
    this.in = in;
  }

  /** An entry: where its values are, how many, and of which type. */
  private record Field(int type, long count, long at) {}

  /** Returns where the directory at {@code at} has the offset of the next one. */
  static long end(TiffInput in, long at) throws IOException {
    return firstEntry(in, at) + entries(in, at) * entryBytes(in);
  }

  private static long entries(TiffInput in, long at) throws IOException {
    long count = in.big() ? in.offset(at) : in.read(at, 2).getShort() & 0xFFFF;
    if (count < 1 || count > 0xFFFF) {
      throw new IOException(
          "corrupt TIFF: a directory of %d entries at byte %d".formatted(count, at));
    }
    return count;
  }

  private static long firstEntry(TiffInput in, long at) {
    return at + (in.big() ? 8 : 2);
  }

  private static int entryBytes(TiffInput in) {
    return in.big() ? 20 : 12;
  }

  /**
   * Reads the directory at {@code at}.
   *
   * @throws IOException if it is not within the file
   */
  static TiffDirectory read(TiffInput in, long at) throws IOException {
    TiffDirectory directory = new TiffDirectory(in);
    long first = firstEntry(in, at);
    int step = entryBytes(in);
    ByteBuffer entries = in.read(first, entries(in, at) * step);
    for (int entry = 0; entry < entries.limit(); entry += step) {
      int tag = entries.getShort(entry) & 0xFFFF;
      // The first entry of a tag counts, as in libtiff.
      if (STORAGE.contains(tag) && !directory.has(tag)) {
        directory.fields.put(tag, directory.field(entries, entry, first + entry));
        byte[] copy = new byte[step];
        entries.get(entry, copy);
        directory.storage.writeBytes(copy);
      }
    }
    return directory;
  }

  private Field field(ByteBuffer entries, int entry, long at) {
    int type = entries.getShort(entry + 2) & 0xFFFF;
    long count = in.big() ? entries.getLong(entry + 4) : entries.getInt(entry + 4) & 0xFFFFFFFFL;
    int valueBytes = in.big() ? 8 : 4;
    int value = in.big() ? 12 : 8;
    // Values that fit are in the entry itself.
    boolean inline = count >= 0 && count <= valueBytes / itemBytes(type);
    long pointed = in.big() ? entries.getLong(entry + 12) : entries.getInt(entry + 8) & 0xFFFFFFFFL;
    return new Field(type, count, inline ? at + value : pointed);
  }

  private static int itemBytes(int type) {
    return switch (type) {
      case BYTE -> 1;
      case SHORT -> 2;
      case LONG8 -> 8;
      default -> 4;
    };
  }

  /** Returns a directory of what tells how pixels are stored, and no next one. */
  ByteBuffer storage() {
    int next = in.big() ? 8 : 4;
    ByteBuffer out = ByteBuffer.allocate(next + storage.size() + 8).order(in.order());
    if (in.big()) {
      out.putLong(fields.size());
    } else {
      out.putShort((short) fields.size());
    }
    out.put(storage.toByteArray());
    return out.flip().limit(out.limit() + next);
  }

  boolean has(int tag) {
    return fields.containsKey(tag);
  }

  boolean hasAtLeast(int tag, int count) {
    Field field = fields.get(tag);
    return field != null && field.count >= count;
  }

  /** Returns the first value of {@code tag}, or {@code fallback} where there is none. */
  long number(int tag, long fallback) throws IOException {
    return has(tag) ? numbers(tag, 1)[0] : fallback;
  }

  /** Returns a length; one that an int cannot hold becomes one that is refused later. */
  int size(int tag) throws IOException {
    return (int) Math.min(number(tag, 0), Integer.MAX_VALUE);
  }

  /**
   * Returns the first {@code count} values of {@code tag}.
   *
   * @throws IOException if there are fewer, or they are no whole numbers, or not within the file
   */
  long[] numbers(int tag, long count) throws IOException {
    Field field = fields.getOrDefault(tag, new Field(BYTE, 0, 0));
    if (field.count < count) {
      throw new IOException(
          "corrupt TIFF: tag %d has %d values, expected %d".formatted(tag, field.count, count));
    }
    if (field.type != BYTE && field.type != SHORT && field.type != LONG && field.type != LONG8) {
      throw new IOException(
          "corrupt TIFF: tag %d has values of type %d, expected whole numbers"
              .formatted(tag, field.type));
    }
    ByteBuffer bytes = in.read(field.at, count * itemBytes(field.type));
    long[] out = new long[(int) count];
    for (int i = 0; i < out.length; i++) {
      out[i] = next(bytes, field.type);
    }
    return out;
  }

  private static long next(ByteBuffer bytes, int type) {
    return switch (type) {
      case BYTE -> bytes.get() & 0xFF;
      case SHORT -> bytes.getShort() & 0xFFFF;
      case LONG8 -> bytes.getLong();
      default -> bytes.getInt() & 0xFFFFFFFFL;
    };
  }
}
