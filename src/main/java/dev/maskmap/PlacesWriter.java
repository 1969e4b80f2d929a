package dev.maskmap;

import dev.maskmap.internal.files.StoreFileWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The sizes of the masks of a store under way, and where their packed rows begin. */
final class PlacesWriter implements Closeable {
  private final Path folder;
  private final StoreFileWriter shapes;
  private final StoreFileWriter offsets;
  private long count;

  PlacesWriter(Path folder) throws IOException {
    this.folder = folder;
    shapes = StoreFileWriter.array(folder.resolve(StoreFiles.SHAPES));
    try {
      offsets = StoreFileWriter.array(folder.resolve(StoreFiles.OFFSETS));
    } catch (IOException e) {
      shapes.close();
      throw e;
    }
  }

  void add(MaskSize size, long startByte, long startRow) throws IOException {
    shapes.writeInt(size.height());
    shapes.writeInt(size.width());
    offsets.writeLong(startByte);
    offsets.writeLong(startRow);
    count++;
  }

  /**
   * Completes both files and adds them to {@code index}.
   *
   * @param ragged whether sizes differ; else they are not listed
   */
  void finish(long endByte, long endRow, boolean ragged, Map<String, StoreFileWriter> index)
      throws IOException {
    offsets.writeLong(endByte);
    offsets.writeLong(endRow);
    if (ragged) {
      shapes.finish("<i4", count, 2);
      index.put(StoreFiles.SHAPES, shapes);
    } else {
      shapes.close();
      Files.delete(folder.resolve(StoreFiles.SHAPES));
    }
    offsets.finish("<i8", count + 1, 2);
    index.put(StoreFiles.OFFSETS, offsets);
  }

  @Override
  public void close() throws IOException {
    shapes.close();
    offsets.close();
  }
}
