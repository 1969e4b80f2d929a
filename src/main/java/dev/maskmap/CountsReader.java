package dev.maskmap;

import dev.maskmap.internal.files.StoreFileReader;
import java.io.Closeable;
import java.io.IOException;

/** The running sums of foreground inside the masks, one packed row after the other. */
final class CountsReader implements Closeable {
  private final StoreFileReader file;
  private final boolean wide;

  private CountsReader(StoreFileReader file, boolean wide) {
    this.file = file;
    this.wide = wide;
  }

  static CountsReader open(StoreFolder folder, Manifest manifest) throws IOException {
    MaskSize size = manifest.size();
    if (size != null) {
      boolean wide = size.needsWideCounts();
      String type = wide ? "<u8" : "<u4";
      long rows = size.packedRows();
      return new CountsReader(
          folder.reader(StoreFiles.FOREGROUND, type, manifest.masks(), rows), wide);
    }
    long rows = folder.lastOffset();
    String type = folder.countType(rows);
    return new CountsReader(folder.reader(StoreFiles.FOREGROUND, type, rows), type.equals("<u8"));
  }

  long next() throws IOException {
    return wide ? file.nextLong() : file.nextUnsignedInt();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
