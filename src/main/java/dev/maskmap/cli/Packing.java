package dev.maskmap.cli;

import dev.maskmap.MaskStoreWriter;
import dev.maskmap.convert.ForegroundRule;
import dev.maskmap.convert.MaskImport;
import dev.maskmap.convert.pixels.MaskFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From image files to a store on disk, or nothing. */
final class Packing implements AutoCloseable {
  private final Path store;
  private final boolean overwrite;
  // Made with the first mask, which is the first to tell the size.
  private @Nullable MaskStoreWriter writer;

  private Packing(Path store, boolean overwrite) {
    this.store = store;
    this.overwrite = overwrite;
  }

  /**
   * Packs {@code files} into a new store.
   *
   * @throws IOException if a file cannot be packed or the store cannot be written; nothing of it is
   *     left then, and a store that was there before still is
   */
  static MaskImport.Summary run(
      List<MaskFile> files,
      ForegroundRule rule,
      int jobs,
      Path store,
      boolean overwrite,
      boolean quiet)
      throws IOException, InterruptedException {
    StoreFiles.checkTarget(store, overwrite);
    try (Packing packing = new Packing(store, overwrite);
        ProgressLine progress = ProgressLine.start("packing", "masks", files.size(), quiet)) {
      MaskImport.Summary summary =
          MaskImport.run(
              files, rule, jobs, packing::add, (done, total, bytes) -> progress.to(done));
      packing.commit();
      return summary;
    }
  }

  private void add(String name, int height, int width, byte[] pixels) throws IOException {
    MaskStoreWriter target = writer;
    if (target == null) {
      target =
          overwrite
              ? MaskStoreWriter.replace(store, height, width)
              : MaskStoreWriter.create(store, height, width);
      writer = target;
    }
    target.add(name, MemorySegment.ofArray(pixels), width);
  }

  private void commit() throws IOException {
    if (writer != null) {
      writer.commit();
    }
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
  }
}
