package dev.maskmap.convert.array;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The content of a member, as a stream of exactly the bytes that the directory announces: no more
 * are inflated, whatever the stream holds.
 */
final class MemberBytes implements Bytes {
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_BYTES = 30;
  private static final int BLOCK_BYTES = 64 << 10;

  private final FileChannel channel;
  private final ZipMember member;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] block = new byte[BLOCK_BYTES];
  private long packedAt;
  private long packedLeft;
  private long position;

  private MemberBytes(FileChannel channel, ZipMember member) {
    this.channel = channel;
    this.member = member;
    this.packedLeft = member.packedBytes();
  }

  /**
   * Opens a member that {@link ZipMember#check} accepts.
   *
   * @throws Refusal if its local header is not there
   */
  static MemberBytes open(Path archive, ZipMember member) throws IOException {
    FileChannel channel = FileChannel.open(archive, StandardOpenOption.READ);
    MemberBytes bytes = new MemberBytes(channel, member);
    try {
      bytes.skipLocalHeader();
      return bytes;
    } catch (Throwable e) {
      bytes.close();
      throw e;
    }
  }

  private void skipLocalHeader() throws IOException {
    FileBytes.read(channel, member.offset(), block, 0, LOCAL_BYTES);
    ByteBuffer local = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    if (local.getInt(0) != LOCAL) {
      throw new Refusal("corrupt archive: no member at byte " + member.offset());
    }
    packedAt = member.offset() + LOCAL_BYTES + local.getChar(26) + local.getChar(28);
  }

  @Override
  public void read(long from, byte[] into, int at, int length) throws IOException {
    skipTo(from);
    fill(into, at, length);
  }

  private void skipTo(long target) throws IOException {
    if (target == position) {
      return;
    }
    byte[] skipped = new byte[BLOCK_BYTES];
    while (position < target) {
      fill(skipped, 0, (int) Math.min(skipped.length, target - position));
    }
  }

  private void fill(byte[] into, int from, int length) throws IOException {
    if (length > member.bytes() - position) {
      throw new Refusal(
          "ends at byte %d, and more was expected: it is cut short".formatted(member.bytes()));
    }
    if (member.method() == ZipMember.STORED) {
      FileBytes.read(channel, packedAt + position, into, from, length);
    } else {
      for (int done = 0; done < length; ) {
        int count = inflate(into, from + done, length - done);
        if (count == 0) {
          throw new Refusal("corrupt: its deflate stream ends too early");
        }
        done += count;
      }
    }
    crc.update(into, from, length);
    position += length;
  }

  /** Returns how many bytes came, at least one unless the stream has ended. */
  private int inflate(byte[] into, int from, int length) throws IOException {
    try {
      int count = inflater.inflate(into, from, length);
      while (count == 0 && inflater.needsInput() && packedLeft > 0) {
        int piece = (int) Math.min(block.length, packedLeft);
        FileBytes.read(channel, packedAt, block, 0, piece);
        packedAt += piece;
        packedLeft -= piece;
        inflater.setInput(block, 0, piece);
        count = inflater.inflate(into, from, length);
      }
      return count;
    } catch (DataFormatException e) {
      Refusal refusal = new Refusal("corrupt deflate stream: " + e.getMessage());
      refusal.initCause(e);
      throw refusal;
    }
  }

  @Override
  public void finish() throws IOException {
    skipTo(member.bytes());
    if (member.method() == ZipMember.DEFLATED && inflate(new byte[1], 0, 1) != 0) {
      throw new Refusal(
          "corrupt archive: holds more than the %d bytes announced".formatted(member.bytes()));
    }
    if ((int) crc.getValue() != member.crc()) {
      throw new Refusal("corrupt: its checksum is wrong");
    }
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    channel.close();
  }
}
