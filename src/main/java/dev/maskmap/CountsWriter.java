package dev.maskmap;

import dev.maskmap.internal.files.StoreFileReader;
import dev.maskmap.internal.files.StoreFileWriter;
import dev.maskmap.internal.kernel.Kernels;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The running sums of foreground inside each mask of a store under way: 4 bytes each, and 8 from
 * the first mask on that has 2^32 pixels.
 */
final class CountsWriter implements Closeable {
  private final Path path;
  private StoreFileWriter file;
  private boolean wide;
  private long entries;

  CountsWriter(Path folder) throws IOException {
    this.path = folder.resolve(StoreFiles.FOREGROUND);
    this.file = StoreFileWriter.array(path);
  }

  /** Appends the sums of a packed mask and gives its foreground. */
  long append(MaskSize size, byte[] packed) throws IOException {
    if (size.needsWideCounts() && !wide) {
      widen();
    }
    int width = size.width();
    long sum = 0;
    for (int r = 0; r < size.packedRows(); r++) {
      sum += Kernels.count(packed, r * width, width);
      add(sum);
    }
    return sum;
  }

  private void add(long sum) throws IOException {
    if (wide) {
      file.writeLong(sum);
    } else {
      file.writeInt((int) sum);
    }
    entries++;
  }

  private void widen() throws IOException {
    Path old = path.resolveSibling(path.getFileName() + ".old");
    file.flush();
    file.close();
    Files.move(path, old);
    file = StoreFileWriter.array(path);
    wide = true;
    try (StoreFileReader narrow =
        new StoreFileReader(
            FileChannel.open(old, StandardOpenOption.READ), old, StoreFileWriter.HEADER)) {
      for (long i = 0; i < entries; i++) {
        file.writeLong(narrow.nextUnsignedInt());
      }
    }
    Files.delete(old);
  }

  /** Completes the file, as an array of one row a mask where they have one size. */
  StoreFileWriter finish(long masks, boolean uniform) throws IOException {
    String type = wide ? "<u8" : "<u4";
    if (uniform) {
      file.finish(type, masks, entries / masks);
    } else {
      file.finish(type, entries);
    }
    return file;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
