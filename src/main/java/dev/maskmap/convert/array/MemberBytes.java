package dev.maskmap.convert.array;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The content of a member, as a stream of exactly the bytes that the directory announces: no more
 * are inflated, whatever the stream holds.
 */
final class MemberBytes implements Bytes {
  private final ZipFile zip;
  private final ZipEntry member;
  private final CheckedInputStream in;
  private long position;

  private MemberBytes(ZipFile zip, ZipEntry member, InputStream in) {
    this.zip = zip;
    this.member = member;
    // ZipFile checks none.
    this.in = new CheckedInputStream(in, new CRC32());
  }

  /**
   * Opens a member that {@link Archive#check} accepts.
   *
   * @throws IOException if the archive cannot be read, or has changed
   */
  static MemberBytes open(Path archive, ZipEntry member) throws IOException {
    ZipFile zip = Archive.open(archive);
    try {
      InputStream in = zip.getInputStream(member);
      if (in == null) {
        throw new Refusal("the archive has changed while it was read");
      }
      return new MemberBytes(zip, member, in);
    } catch (Throwable e) {
      zip.close();
      throw e;
    }
  }

  @Override
  public void read(long from, byte[] into, int at, int length) throws IOException {
    if (length > member.getSize() - from) {
      throw new Refusal(
          "ends at byte %d, and more was expected: it is cut short".formatted(member.getSize()));
    }
    if (skipAndRead(from, into, at, length) < length) {
      throw endsEarly();
    }
    position = from + length;
  }

  @Override
  public void finish() throws IOException {
    if (skipAndRead(member.getSize(), new byte[1], 0, 1) > 0) {
      throw new Refusal(
          "corrupt archive: holds more than the %d bytes announced".formatted(member.getSize()));
    }
    if (in.getChecksum().getValue() != member.getCrc()) {
      throw new Refusal("corrupt: its checksum is wrong");
    }
  }

  /** Returns how many bytes there were. */
  private int skipAndRead(long from, byte[] into, int at, int length) throws IOException {
    try {
      in.skipNBytes(from - position);
      return in.readNBytes(into, at, length);
    } catch (EOFException e) {
      throw endsEarly();
    } catch (ZipException e) {
      throw Refusal.of("corrupt archive: " + e.getMessage(), e);
    }
  }

  private static Refusal endsEarly() {
    return new Refusal("corrupt archive: the data of the member end too early");
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
