package dev.maskmap.convert.array;

import dev.maskmap.convert.array.ArrayFormat.Headerless;
import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.convert.pixels.MaskSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Opens arrays of masks: NPY files, NPZ archives, files without header. */
public final class ArraySource {
  private static final byte[] NPY = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] EMPTY_ZIP = {'P', 'K', 5, 6};

  private ArraySource() {}

  /**
   * Says whether a file that begins with {@code head} is a NPY file or a ZIP archive, which {@link
   * #open} reads. A file without header cannot be told.
   *
   * @param head at least 6 bytes, if the file has as many
   */
  public static boolean recognises(byte[] head) {
    return begins(head, NPY) || isZip(head);
  }

  private static boolean isZip(byte[] head) {
    return begins(head, ZIP) || begins(head, EMPTY_ZIP);
  }

  private static boolean begins(byte[] head, byte[] with) {
    return head.length >= with.length && Arrays.equals(head, 0, with.length, with, 0, with.length);
  }

  /**
   * Opens a file. What it is, is told by its content, unless {@code format} says that it has no
   * header. Masks are named after the file, or after the members of an archive (without .npy);
   * those of a stack get a number behind a slash.
   *
   * <p>The items may be read on any thread, each by its own positional reads, after the source is
   * closed as well. No file stays open for them.
   *
   * @return the masks in the order of the file; it throws, at the member in question, for an
   *     archive that is damaged, and gives an item that cannot be read for a member that is no
   *     array
   * @throws IOException if the file cannot be read or does not hold masks; one line that begins
   *     with the file
   */
  public static MaskSource open(MaskFile file, ArrayFormat format) throws IOException {
    String origin = file.path().toString();
    try {
      if (Files.isDirectory(file.path())) {
        throw new Refusal("a folder; expected a .npy or .npz file");
      }
      try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
        Headerless headerless = format.headerless();
        if (headerless != null) {
          return FileSource.headerless(file, channel, headerless, format);
        }
        byte[] head = new byte[(int) Math.min(channel.size(), NPY.length)];
        FileBytes.read(channel, 0, head, 0, head.length);
        return isZip(head)
            ? ArchiveSource.open(file, format)
            : FileSource.npy(file, channel, format);
      }
    } catch (IOException e) {
      throw Refusal.at(origin, e);
    } catch (OutOfMemoryError e) {
      throw Refusal.at(origin, e);
    }
  }
}
