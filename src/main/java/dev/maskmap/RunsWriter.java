package dev.maskmap;

import dev.maskmap.internal.files.StoreFileWriter;
import dev.maskmap.internal.kernel.Runs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Packed rows as runs, one behind the other, and where each begins. Unlike plain rows they need no
 * other places where masks differ in size.
 */
final class RunsWriter implements RowsWriter {
  private final StoreFileWriter runs;
  private final StoreFileWriter starts;
  private final PlacesWriter places;
  private @Nullable MaskSize first;
  private boolean ragged;
  private long packedRows;
  private byte[] row = new byte[0];

  RunsWriter(Path folder) throws IOException {
    runs = StoreFileWriter.array(folder.resolve(StoreFiles.RUNS));
    try {
      starts = StoreFileWriter.array(folder.resolve(StoreFiles.ROWS));
    } catch (IOException e) {
      runs.close();
      throw e;
    }
    try {
      places = new PlacesWriter(folder);
    } catch (IOException e) {
      runs.close();
      starts.close();
      throw e;
    }
  }

  @Override
  public void append(MaskSize size, byte[] packed) throws IOException {
    if (first == null) {
      first = size;
    }
    ragged |= !size.equals(first);
    int width = size.width();
    if (row.length < width) {
      row = new byte[width];
    }
    long begin = runs.dataBytes();
    places.add(size, begin, packedRows);
    for (int r = 0; r < size.packedRows(); r++) {
      // A mask has at most 2^31 - 9 packed bytes, and its runs are no longer.
      starts.writeInt((int) (runs.dataBytes() - begin));
      runs.write(ByteBuffer.wrap(row, 0, Runs.encode(packed, r * width, width, row)));
    }
    packedRows += size.packedRows();
  }

  @Override
  public @Nullable MaskSize uniformSize() {
    return ragged ? null : first;
  }

  @Override
  public void finish(Map<String, StoreFileWriter> index) throws IOException {
    runs.finish("|u1", runs.dataBytes());
    starts.finish("<u4", packedRows);
    index.put(StoreFiles.ROWS, starts);
    places.finish(runs.dataBytes(), packedRows, ragged, index);
  }

  @Override
  public long fileBytes() throws IOException {
    return runs.size();
  }

  @Override
  public void close() throws IOException {
    runs.close();
    starts.close();
    places.close();
  }
}
