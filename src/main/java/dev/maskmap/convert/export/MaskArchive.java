package dev.maskmap.convert.export;

import dev.maskmap.convert.pixels.Messages;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Masks as a zip file that {@code numpy.load} opens mask by mask. A bool a pixel rather than eight
 * pixels a byte: deflated, a full-HD mask is under 8 KB either way, and there is nothing to unpack
 * and no height to remember.
 */
final class MaskArchive {
  private static final String EXTENSION = ".npy";

  private MaskArchive() {}

  static void write(MaskSelection masks, MaskWork work, OutputStream out)
      throws IOException, InterruptedException {
    for (int i = 0; i < masks.size(); i++) {
      String why = FileRules.whyNotMember(masks.name(i) + EXTENSION);
      if (!why.isEmpty()) {
        throw new IOException(
            Messages.oneLine(
                "%s: its name cannot be in an archive: %s; --names sequence numbers the masks"
                    .formatted(masks.origin(i), why)));
      }
    }
    ZipWriter zip = new ZipWriter(out);
    work.run(
        i -> ZipMember.deflate(masks.name(i) + EXTENSION, NpyMask.bool(masks, i), MaskFormat.BEST),
        (i, member) -> zip.add(member));
    zip.finish();
  }
}
