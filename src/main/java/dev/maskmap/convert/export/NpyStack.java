package dev.maskmap.convert.export;

import dev.maskmap.PixelType;
import dev.maskmap.convert.pixels.Messages;
import dev.maskmap.internal.npy.NpyHeader;
import java.io.IOException;
import java.io.OutputStream;

/** All masks as one array, which needs them to be of one size. */
record NpyStack(MaskSelection masks, MaskFormat format) {

  void write(MaskWork work, OutputStream out) throws IOException, InterruptedException {
    checkSizes();
    boolean packed = format == MaskFormat.NPY;
    PixelType type = packed ? PixelType.PACKED : PixelType.UINT8;
    String descr = packed ? "|u1" : "|b1";
    out.write(NpyHeader.encode(descr, masks.size(), type.rows(masks.height(0)), masks.width(0)));
    work.run(i -> masks.read(i, type, 0), (i, bytes) -> out.write(bytes));
  }

  private void checkSizes() throws IOException {
    for (int i = 1; i < masks.size(); i++) {
      if (masks.height(i) != masks.height(0) || masks.width(i) != masks.width(0)) {
        throw new IOException(
            Messages.oneLine(
                "%s is %d x %d (height x width), but the first is %d x %d: one array holds masks of"
                        .formatted(
                            masks.origin(i),
                            masks.height(i),
                            masks.width(i),
                            masks.height(0),
                            masks.width(0))
                    + " one size; give a folder, and each mask gets a file"));
      }
    }
  }
}
