package dev.maskmap.convert.array;

import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** ZIP archives through {@link ZipFile}, and what it does not check. */
final class Archive {
  /** The directory is held in memory as a whole. */
  private static final int MAX_MEMBERS = 1 << 20;

  /** No deflate stream grows to more than 1,032 times its size: 258 bytes by 2 bits. */
  private static final int MOST_GROWTH = 1032;

  private Archive() {}

  /**
   * Opens an archive. While one of the same file is open, another takes no time and no memory: the
   * JDK has read the directory then. That is why each pass over a member may have its own.
   *
   * @throws Refusal if it is damaged or encrypted or has too many members
   * @throws IOException if it cannot be read
   */
  static ZipFile open(Path path) throws IOException {
    ZipFile zip;
    try {
      zip = new ZipFile(path.toFile());
    } catch (ZipException e) {
      throw Refusal.of(
          ("a ZIP archive that Java does not read (%s): it is cut short or damaged, or a member is"
                  + " encrypted or compressed by another method than deflate; write it again, as"
                  + " numpy.savez does")
              .formatted(e.getMessage()),
          e);
    }
    int members = zip.size();
    if (members > MAX_MEMBERS) {
      zip.close();
      throw new Refusal(
          "an archive of %d members, more than the %d that are read"
              .formatted(members, MAX_MEMBERS));
    }
    return zip;
  }

  /**
   * Checks what the directory says of a member, before memory is taken for it.
   *
   * @throws Refusal if it cannot be right, or {@code zip} has another member of the same name,
   *     which would be read instead
   */
  static void check(ZipFile zip, ZipEntry member) throws Refusal {
    ZipEntry read = zip.getEntry(member.getName());
    if (read == null
        || read.getCrc() != member.getCrc()
        || read.getSize() != member.getSize()
        || read.getCompressedSize() != member.getCompressedSize()) {
      throw new Refusal("the archive has another member of the same name");
    }
    if (member.getSize() / MOST_GROWTH > member.getCompressedSize()) {
      throw new Refusal(
          "corrupt archive: %d compressed bytes cannot hold %d"
              .formatted(member.getCompressedSize(), member.getSize()));
    }
  }
}
