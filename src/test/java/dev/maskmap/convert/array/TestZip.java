package dev.maskmap.convert.array;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;

/** ZIP archives with any number wrong that a test wants wrong. */
final class TestZip {
  private final ByteArrayOutputStream members = new ByteArrayOutputStream();
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private int count;

  /**
   * What the directory says of a member.
   *
   * @param packed bytes in the archive
   */
  record Entry(String name, int flags, int method, int crc, byte[] packed, long bytes) {
    static Entry stored(String name, byte[] content) {
      return new Entry(name, 0, ZipEntry.STORED, crc32(content), content, content.length);
    }

    static Entry deflated(String name, byte[] content) {
      byte[] packed = deflate(content);
      return new Entry(name, 0, ZipEntry.DEFLATED, crc32(content), packed, content.length);
    }

    Entry flags(int other) {
      return new Entry(name, other, method, crc, packed, bytes);
    }

    Entry method(int other) {
      return new Entry(name, flags, other, crc, packed, bytes);
    }

    Entry bytes(long other) {
      return new Entry(name, flags, method, crc, packed, other);
    }

    Entry crc(int other) {
      return new Entry(name, flags, method, other, packed, bytes);
    }

    Entry packed(byte[] other) {
      return new Entry(name, flags, method, crc, other, bytes);
    }
  }

  static int crc32(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    return (int) crc.getValue();
  }

  static byte[] deflate(byte[] content) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(content);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] block = new byte[8192];
    while (!deflater.finished()) {
      out.write(block, 0, deflater.deflate(block));
    }
    deflater.end();
    return out.toByteArray();
  }

  TestZip add(Entry entry) {
    int offset = members.size();
    byte[] name = entry.name.getBytes(UTF_8);
    ByteBuffer local = buffer(30).putInt(0x04034b50).putChar((char) 20);
    local.putChar((char) entry.flags).putChar((char) entry.method).putInt(0).putInt(entry.crc);
    local.putInt(entry.packed.length).putInt((int) entry.bytes);
    local.putChar((char) name.length).putChar((char) 0);
    members.writeBytes(local.array());
    members.writeBytes(name);
    members.writeBytes(entry.packed);
    return list(entry, offset);
  }

  /** Adds an entry to the directory alone, which claims that its member is at {@code offset}. */
  TestZip list(Entry entry, int offset) {
    byte[] name = entry.name.getBytes(UTF_8);
    boolean wide = entry.bytes > 0xFFFFFFFFL;
    ByteBuffer central = buffer(46).putInt(0x02014b50).putInt(20 | 20 << 16);
    central.putChar((char) entry.flags).putChar((char) entry.method).putInt(0).putInt(entry.crc);
    central.putInt(entry.packed.length).putInt(wide ? -1 : (int) entry.bytes);
    central.putChar((char) name.length).putChar((char) (wide ? 12 : 0)).putChar((char) 0);
    central.putChar((char) 0).putChar((char) 0).putInt(0).putInt(offset);
    directory.writeBytes(central.array());
    directory.writeBytes(name);
    if (wide) {
      directory.writeBytes(
          buffer(12).putChar((char) 1).putChar((char) 8).putLong(entry.bytes).array());
    }
    count++;
    return this;
  }

  byte[] toBytes() {
    byte[] end = end(0);
    ByteBuffer all = ByteBuffer.allocate(members.size() + end.length);
    return all.put(members.toByteArray()).put(end).array();
  }

  /** The directory and the record behind it, for a directory that begins behind a hole. */
  private byte[] end(long hole) {
    ByteBuffer end = buffer(directory.size() + 22).put(directory.toByteArray());
    end.putInt(0x06054b50).putInt(0).putChar((char) count).putChar((char) count);
    end.putInt(directory.size()).putInt((int) (members.size() + hole)).putChar((char) 0);
    return end.array();
  }

  /** Writes the archive as a sparse file, with a hole between members and directory. */
  Path write(Path file, long hole) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      out.write(ByteBuffer.wrap(members.toByteArray()));
      out.write(ByteBuffer.wrap(end(hole)), members.size() + hole);
    }
    return file;
  }

  Path write(Path file) throws IOException {
    return Files.write(file, toBytes());
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
