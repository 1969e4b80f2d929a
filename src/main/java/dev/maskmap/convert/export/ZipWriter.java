package dev.maskmap.convert.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes a zip file (PKWARE's APPNOTE 6.3, sections 4.3 and 4.4) of members that are deflated
 * already, which {@link java.util.zip.ZipOutputStream} cannot: it deflates on the thread that
 * writes. Sizes stand before the data, times are fixed (1980-01-01), so the same members give the
 * same bytes. With 65,535 members or more, or beyond 4 GiB, it is a Zip64 file. Used by one thread.
 */
final class ZipWriter {
  private static final long MAX_INT = 0xFFFFFFFFL;
  private static final int MAX_SHORT = 0xFFFF;
  private static final short VERSION = 20;
  private static final short ZIP64_VERSION = 45;
  private static final short UTF_8_NAMES = 1 << 11;
  private static final short DEFLATED = 8;
  private static final short TIME = 0;
  private static final short DATE = 1 << 5 | 1;

  private final OutputStream out;
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private long at;
  private long members;

  ZipWriter(OutputStream out) {
    this.out = out;
  }

  void add(DeflatedMember member) throws IOException {
    list(member);
    ByteBuffer header = buffer(30);
    header.putInt(0x04034b50).putShort(VERSION);
    describe(header, member);
    header.putShort((short) 0);
    write(bytes(header));
    write(member.name());
    write(member.data());
    members++;
  }

  /** What the header before the data and the entry of the directory have in common. */
  private static void describe(ByteBuffer header, DeflatedMember member) {
    header.putShort(UTF_8_NAMES).putShort(DEFLATED).putShort(TIME).putShort(DATE);
    header.putInt(member.crc()).putInt(member.data().length).putInt(member.size());
    header.putShort((short) member.name().length);
  }

  /** The entry of the directory; where an int cannot hold the place, an extra field does. */
  private void list(DeflatedMember member) {
    boolean far = at >= MAX_INT;
    ByteBuffer entry = buffer(46);
    entry.putInt(0x02014b50).putShort(VERSION).putShort(far ? ZIP64_VERSION : VERSION);
    describe(entry, member);
    entry.putShort((short) (far ? 12 : 0));
    // No comment, first disk, no attributes.
    entry.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
    entry.putInt((int) Math.min(at, MAX_INT));
    directory.writeBytes(bytes(entry));
    directory.writeBytes(member.name());
    if (far) {
      directory.writeBytes(bytes(buffer(12).putShort((short) 1).putShort((short) 8).putLong(at)));
    }
  }

  /** Writes the directory; the file is complete then. */
  void finish() throws IOException {
    long start = at;
    long size = directory.size();
    directory.writeTo(out);
    at += size;
    if (members >= MAX_SHORT || start >= MAX_INT) {
      writeZip64End(start, size);
    }
    ByteBuffer end = buffer(22);
    end.putInt(0x06054b50).putInt(0);
    short count = (short) Math.min(members, MAX_SHORT);
    end.putShort(count).putShort(count);
    end.putInt((int) size).putInt((int) Math.min(start, MAX_INT)).putShort((short) 0);
    write(bytes(end));
  }

  private void writeZip64End(long start, long size) throws IOException {
    long end = at;
    ByteBuffer record = buffer(56);
    record.putInt(0x06064b50).putLong(44).putShort(ZIP64_VERSION).putShort(ZIP64_VERSION);
    record.putInt(0).putInt(0).putLong(members).putLong(members).putLong(size).putLong(start);
    write(bytes(record));
    write(bytes(buffer(20).putInt(0x07064b50).putInt(0).putLong(end).putInt(1)));
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The bytes of a full buffer; those not put are zero. */
  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.capacity()];
    buffer.get(0, bytes);
    return bytes;
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    at += bytes.length;
  }
}
