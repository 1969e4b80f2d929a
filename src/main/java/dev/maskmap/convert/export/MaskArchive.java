package dev.maskmap.convert.export;

import dev.maskmap.convert.pixels.Messages;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Masks as a zip file that {@code numpy.load} opens mask by mask.
 *
 * @param members the arrays in it. One bool a pixel is the usual choice: deflated, a full-HD mask
 *     is about 5 KB, with nothing to unpack and no height to remember. Eight pixels a byte is a
 *     quarter of that.
 */
record MaskArchive(MaskSelection masks, MaskFormat members) {

  void write(MaskWork work, OutputStream out) throws IOException, InterruptedException {
    checkNames();
    ZipWriter zip = new ZipWriter(out);
    work.run(
        i -> DeflatedMember.deflate(name(i), members.encode(masks, i), MaskFormat.BEST),
        (i, member) -> zip.add(member));
    zip.finish();
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
