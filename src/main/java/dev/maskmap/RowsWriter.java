package dev.maskmap;

import dev.maskmap.internal.files.StoreFileWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The packed rows of a store under way, in one of the layouts. */
sealed interface RowsWriter extends Closeable permits BitsWriter, RunsWriter {
  static RowsWriter create(Layout layout, Path folder) throws IOException {
    return layout == Layout.BITS ? new BitsWriter(folder) : new RunsWriter(folder);
  }

  void append(MaskSize size, byte[] packed) throws IOException;

  /** The size of all masks so far, or null where they differ. */
  @Nullable MaskSize uniformSize();

  /** Completes the files; adds those with a checksum to {@code index}. */
  void finish(Map<String, StoreFileWriter> index) throws IOException;

  /** Bytes of the file of packed rows. */
  long fileBytes() throws IOException;
}
