package dev.maskmap.convert.array;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The central directory of a ZIP archive (APPNOTE.TXT, section 4.3.12), entry by entry. Not {@code
 * java.util.zip.ZipFile}, because that holds the whole directory in memory, and does not tell where
 * members lie: members that share bytes let a small archive stand for a huge one.
 */
final class ZipDirectory {
  private static final int ENTRY = 0x02014b50;
  private static final int ENTRY_BYTES = 46;
  private static final int LOCAL_BYTES = 30;
  private static final int MOST_ENTRY_BYTES = ENTRY_BYTES + 3 * 0xFFFF;
  private static final int BLOCK_BYTES = 1 << 20;

  private static final int ZIP64_EXTRA = 1;

  /** Their two numbers each must fit the memory while they are checked. */
  private static final int MAX_MEMBERS = 1 << 22;

  private final FileChannel channel;
  private final ZipEnd end;
  private ByteBuffer block = ByteBuffer.allocate(0);
  private long blockStart;
  private long at;
  private long done;

  private ZipDirectory(FileChannel channel, ZipEnd end) {
    this.channel = channel;
    this.end = end;
    this.at = end.directory();
    this.blockStart = at;
  }

  /**
   * Opens an archive and checks that its directory is whole and that no members share bytes.
   *
   * @throws Refusal if it is damaged or has too many members
   * @throws IOException if it cannot be read
   */
  static ZipDirectory open(FileChannel channel) throws IOException {
    ZipEnd end = ZipEnd.find(channel);
    if (end.members() > MAX_MEMBERS) {
      throw new Refusal(
          "an archive of %d members, more than the %d that are read"
              .formatted(end.members(), MAX_MEMBERS));
    }
    new ZipDirectory(channel, end).checkApart();
    return new ZipDirectory(channel, end);
  }

  private void checkApart() throws IOException {
    // Each entry takes room, so that a number alone does not take memory.
    int count = Math.toIntExact(Math.min(end.members(), end.directoryBytes() / ENTRY_BYTES));
    long[] starts = new long[count];
    long[] ends = new long[count];
    int n = 0;
    for (ZipMember member = next(); member != null; member = next()) {
      starts[n] = member.offset();
      // At least: the local header has a name and perhaps more behind it.
      ends[n] = member.offset() + LOCAL_BYTES + member.packedBytes();
      n++;
    }
    Arrays.sort(starts);
    Arrays.sort(ends);
    for (int i = 0; i < n; i++) {
      // As many have ended as have begun before: sorted, the pairs need not belong together.
      long limit = i + 1 < n ? starts[i + 1] : end.directory();
      if (ends[i] > limit) {
        throw new Refusal(
            "corrupt archive: members share bytes, or one goes on behind byte %d".formatted(limit));
      }
    }
  }

  /**
   * Returns the next member, or null behind the last.
   *
   * @throws Refusal if the directory is damaged
   * @throws IOException if it cannot be read
   */
  @Nullable ZipMember next() throws IOException {
    if (done == end.members()) {
      if (at != end.directory() + end.directoryBytes()) {
        throw damaged();
      }
      return null;
    }
    ByteBuffer entry = entry();
    ZipMember member = member(entry);
    done++;
    return member;
  }

  /** Returns the bytes of the next entry, and moves behind it. */
  private ByteBuffer entry() throws IOException {
    long left = end.directory() + end.directoryBytes() - at;
    int from = (int) (at - blockStart);
    if (block.limit() - from < Math.min(left, MOST_ENTRY_BYTES)) {
      fill(left);
      from = 0;
    }
    int room = block.limit() - from;
    if (room < ENTRY_BYTES || block.getInt(from) != ENTRY) {
      throw damaged();
    }
    int bytes = ENTRY_BYTES;
    for (int field = 28; field <= 32; field += 2) {
      bytes += block.getChar(from + field);
    }
    if (room < bytes) {
      throw damaged();
    }
    at += bytes;
    return block.slice(from, bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void fill(long left) throws IOException {
    byte[] bytes = new byte[(int) Math.min(left, BLOCK_BYTES)];
    FileBytes.read(channel, at, bytes, 0, bytes.length);
    block = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    blockStart = at;
  }

  private ZipMember member(ByteBuffer entry) throws Refusal {
    byte[] name = new byte[entry.getChar(28)];
    entry.get(ENTRY_BYTES, name);
    long[] sizes = {
      Integer.toUnsignedLong(entry.getInt(24)),
      Integer.toUnsignedLong(entry.getInt(20)),
      Integer.toUnsignedLong(entry.getInt(42))
    };
    wide(entry.slice(ENTRY_BYTES + name.length, entry.getChar(30)), sizes);
    if (sizes[0] < 0
        || sizes[1] < 0
        || sizes[2] < 0
        || sizes[2] > end.directory()
        || sizes[1] > end.directory() - sizes[2]) {
      throw damaged();
    }
    return new ZipMember(
        MemberNames.decode(name),
        entry.getChar(8),
        entry.getChar(10),
        entry.getInt(16),
        sizes[1],
        sizes[0],
        sizes[2]);
  }

  /** Replaces those numbers that do not fit 32 bits (APPNOTE.TXT, section 4.5.3). */
  private void wide(ByteBuffer extra, long[] sizes) throws Refusal {
    extra.order(ByteOrder.LITTLE_ENDIAN);
    while (extra.remaining() >= 4) {
      int id = extra.getChar();
      int bytes = extra.getChar();
      if (bytes > extra.remaining()) {
        return;
      }
      int behind = extra.position() + bytes;
      for (int i = 0; id == ZIP64_EXTRA && i < sizes.length; i++) {
        if (sizes[i] == 0xFFFFFFFFL) {
          if (behind - extra.position() < Long.BYTES) {
            throw damaged();
          }
          sizes[i] = extra.getLong();
        }
      }
      extra.position(behind);
    }
  }

  private Refusal damaged() {
    return new Refusal(
        "corrupt archive: entry %d of %d in its directory, at byte %d, is damaged"
            .formatted(Math.min(done + 1, end.members()), end.members(), at));
  }
}
