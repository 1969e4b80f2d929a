package dev.maskmap;

import dev.maskmap.internal.files.StoreFileReader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Copies all masks of a store into another under way, packed as they are. */
final class StoreCopy {
  private final MaskStore source;
  private final MaskStoreWriter writer;
  private final LongConsumer masksDone;
  private long done;

  StoreCopy(MaskStore source, MaskStoreWriter writer, LongConsumer masksDone) {
    this.source = source;
    this.writer = writer;
    this.masksDone = masksDone;
  }

  void run() throws IOException {
    if (!source.hasNames()) {
      while (done < source.size()) {
        addBare(source.mask(done));
        masksDone.accept(++done);
      }
      return;
    }
    for (Path part : source.parts()) {
      Manifest manifest = Manifest.read(part);
      StoreFolder folder = new StoreFolder(part, manifest);
      try (StoreFileReader crcs = folder.reader(StoreFiles.CRC32, "<u4", manifest.masks())) {
        for (long i = 0; i < manifest.masks(); i++) {
          writer.addCopy(source.mask(done), crcs.nextUnsignedInt());
          masksDone.accept(++done);
        }
      }
    }
  }

  /** An array may have anything in the bits past the height; a packed patch has zeros there. */
  private void addBare(Mask mask) throws IOException {
    int height = mask.height();
    int width = mask.width();
    byte[] packed = new byte[Math.toIntExact(new MaskSize(height, width).bytes())];
    MemorySegment rows = MemorySegment.ofArray(packed);
    source.read(mask.index(), 0, 0, height, width, PixelType.PACKED, rows, 0);
    writer.addPacked(mask.name(), height, width, rows);
  }
}
