package dev.maskmap.convert.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.maskmap.convert.pixels.Messages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Masks as a zip file that {@code numpy.load} opens mask by mask. They are read on several threads
 * and deflated on the one that writes.
 *
 * @param members the arrays in it. One bool a pixel is the usual choice: deflated, a full-HD mask
 *     is about 5 KB, with nothing to unpack and no height to remember. Eight pixels a byte is a
 *     quarter of that.
 */
record MaskArchive(MaskSelection masks, MaskFormat members) {
  /**
   * Of deflate. The lowest that keeps nearly all full-HD masks of bools below 8 KB: 18 of 19 real
   * ones, where level 6 keeps 8. Level 9 saves a ninth more and triples the seconds for noise.
   */
  private static final int LEVEL = 8;

  /** The same in every time zone; for any earlier one the JDK adds a field that depends on it. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private static final int BLOCK_BYTES = 1 << 16;

  void write(MaskWork work, OutputStream out) throws IOException, InterruptedException {
    checkNames();
    // Closed neither here nor on an error: the directory at its end would make a part look whole.
    ZipOutputStream zip = new ZipOutputStream(out, UTF_8);
    zip.setLevel(LEVEL);
    work.run(i -> members.encode(masks, i), (i, array) -> add(zip, name(i), array));
    zip.finish();
  }

  private static void add(ZipOutputStream zip, String name, byte[] array) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    zip.putNextEntry(entry);
    for (int at = 0; at < array.length; at += BLOCK_BYTES) {
      // Noise takes seconds, where a mask takes milliseconds, and writes little meanwhile.
      if (Thread.currentThread().isInterrupted()) {
        throw new ClosedByInterruptException();
      }
      zip.write(array, at, Math.min(BLOCK_BYTES, array.length - at));
    }
    zip.closeEntry();
  }

  private String name(int i) {
    return masks.name(i) + members.extension();
  }

  private void checkNames() throws IOException {
    for (int i = 0; i < masks.size(); i++) {
      String why = FileRules.whyNotMember(masks.name(i));
      if (!why.isEmpty()) {
        throw new IOException(
            Messages.oneLine(
                "%s: its name cannot be in an archive: %s; --names sequence numbers the masks"
                    .formatted(masks.origin(i), why)));
      }
    }
  }
}
