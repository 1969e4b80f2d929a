package dev.maskmap.convert.array;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * The record at the end of a ZIP archive, which says where its directory is (APPNOTE.TXT, sections
 * 4.3.14 to 4.3.16).
 *
 * @param members how many
 * @param directory where the first entry begins
 * @param directoryBytes of all entries
 */
record ZipEnd(long members, long directory, long directoryBytes) {
  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int WIDE_LOCATOR = 0x07064b50;
  private static final int WIDE_LOCATOR_BYTES = 20;
  private static final int WIDE_END = 0x06064b50;
  private static final int WIDE_END_BYTES = 56;

  /**
   * Finds the record in the last bytes, in front of a comment of up to 65,535.
   *
   * @throws Refusal if there is none, or it cannot be right
   */
  static ZipEnd find(FileChannel channel) throws IOException {
    long size = channel.size();
    int length = (int) Math.min(size, END_BYTES + 0xFFFF);
    ByteBuffer tail = read(channel, size - length, length);
    for (int at = length - END_BYTES; at >= 0; at--) {
      if (tail.getInt(at) == END && tail.getChar(at + 20) == length - END_BYTES - at) {
        return checked(of(channel, tail, at, size - length + at), size);
      }
    }
    throw new Refusal(
        "a ZIP archive without its directory: it is cut short, copy or write it again");
  }

  private static ZipEnd of(FileChannel channel, ByteBuffer tail, int at, long position)
      throws IOException {
    ZipEnd end =
        new ZipEnd(
            tail.getChar(at + 10),
            Integer.toUnsignedLong(tail.getInt(at + 16)),
            Integer.toUnsignedLong(tail.getInt(at + 12)));
    boolean wide =
        end.members == 0xFFFF || end.directory == 0xFFFFFFFFL || end.directoryBytes == 0xFFFFFFFFL;
    if (!wide || position < WIDE_LOCATOR_BYTES) {
      return end;
    }
    ByteBuffer locator = read(channel, position - WIDE_LOCATOR_BYTES, WIDE_LOCATOR_BYTES);
    if (locator.getInt(0) != WIDE_LOCATOR) {
      return end;
    }
    long at64 = locator.getLong(8);
    if (at64 < 0 || at64 > position - WIDE_LOCATOR_BYTES - WIDE_END_BYTES) {
      throw corrupt();
    }
    ByteBuffer wideEnd = read(channel, at64, WIDE_END_BYTES);
    if (wideEnd.getInt(0) != WIDE_END) {
      throw corrupt();
    }
    return new ZipEnd(wideEnd.getLong(32), wideEnd.getLong(48), wideEnd.getLong(40));
  }

  private static ZipEnd checked(ZipEnd end, long size) throws Refusal {
    if (end.members < 0
        || end.directory < 0
        || end.directoryBytes < 0
        || end.directory > size
        || end.directoryBytes > size - end.directory) {
      throw corrupt();
    }
    return end;
  }

  private static Refusal corrupt() {
    return new Refusal("corrupt archive: its directory is not where its last bytes say");
  }

  private static ByteBuffer read(FileChannel channel, long position, int length)
      throws IOException {
    byte[] bytes = new byte[length];
    FileBytes.read(channel, position, bytes, 0, length);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
