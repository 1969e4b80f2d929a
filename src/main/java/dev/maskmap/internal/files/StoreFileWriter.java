package dev.maskmap.internal.files;

import dev.maskmap.internal.npy.NpyHeader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.zip.CRC32;

/**
 * One file of a store, written from front to back through a {@link FileChannel} (a mapped write on
 * a full disk would end the process). The header of an array comes last, when its shape is known.
 */
public final class StoreFileWriter implements Closeable {
  /** Where the elements of an array begin. */
  public static final int HEADER = NpyHeader.BYTES;

  private static final int BUFFER = 1 << 14;
  private static final int BLOCK = 1 << 20;

  private final Path file;
  private final FileChannel channel;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
  private long position;

  private StoreFileWriter(Path file, FileChannel channel, long position) {
    this.file = file;
    this.channel = channel;
    this.position = position;
  }

  /** A file that is an array: room for its header is left. */
  public static StoreFileWriter array(Path file) throws IOException {
    return new StoreFileWriter(file, create(file), HEADER);
  }

  public static StoreFileWriter plain(Path file) throws IOException {
    return new StoreFileWriter(file, create(file), 0);
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Writes small pieces through the buffer. */
  public void writeInt(int value) throws IOException {
    room(Integer.BYTES).putInt(value);
  }

  public void writeLong(long value) throws IOException {
    room(Long.BYTES).putLong(value);
  }

  /** Writes at most 4,096 bytes and a line feed through the buffer. */
  public void writeLine(byte[] line) throws IOException {
    room(line.length + 1).put(line).put((byte) '\n');
  }

  private ByteBuffer room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer;
  }

  /** Writes zeros up to a multiple of {@code bytes}. */
  public void align(int bytes) throws IOException {
    while (dataBytes() % bytes != 0) {
      room(1).put((byte) 0);
    }
  }

  /** Bytes of the array's elements so far. */
  public long dataBytes() {
    return position + buffer.position() - HEADER;
  }

  /** Writes a large piece past the buffer. */
  public void write(ByteBuffer bytes) throws IOException {
    flush();
    int end = bytes.limit();
    while (bytes.position() < end) {
      // In blocks: the JDK keeps a direct buffer of the size that was asked for.
      writeFully(bytes.limit(Math.min(end, bytes.position() + BLOCK)));
    }
  }

  public void flush() throws IOException {
    writeFully(buffer.flip());
    buffer.clear();
  }

  private void writeFully(ByteBuffer bytes) throws IOException {
    try {
      while (bytes.hasRemaining()) {
        position += channel.write(bytes, position);
      }
    } catch (IOException e) {
      throw new IOException(file.getFileName() + ": " + e.getMessage(), e);
    }
  }

  /** Writes the header of an array and forces the file to the disk. */
  public void finish(String descr, long... shape) throws IOException {
    flush();
    long end = position;
    position = 0;
    writeFully(ByteBuffer.wrap(NpyHeader.encode(descr, shape)));
    position = end;
    finish();
  }

  /** Forces the file to the disk. */
  public void finish() throws IOException {
    flush();
    channel.force(true);
  }

  /** Bytes written. */
  public long size() throws IOException {
    return channel.size();
  }

  /** CRC-32 of the whole file as it stands on the disk, which is also fed to {@code digest}. */
  public long checksum(MessageDigest digest) throws IOException {
    CRC32 crc = new CRC32();
    long at = 0;
    for (int n; (n = channel.read(buffer.clear(), at)) > 0; at += n) {
      crc.update(buffer.flip());
      digest.update(buffer.rewind());
    }
    buffer.clear();
    return crc.getValue();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
