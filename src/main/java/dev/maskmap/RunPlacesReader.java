package dev.maskmap;

import dev.maskmap.internal.files.StoreFileReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The size of each mask of a store of runs in turn, and where its runs lie. */
final class RunPlacesReader implements Closeable {
  private final StoreFolder folder;
  private final @Nullable MaskSize uniform;
  private final @Nullable StoreFileReader shapes;
  private final StoreFileReader offsets;
  private long mask;
  private long start;
  private long row;

  private RunPlacesReader(
      StoreFolder folder,
      @Nullable MaskSize uniform,
      @Nullable StoreFileReader shapes,
      StoreFileReader offsets) {
    this.folder = folder;
    this.uniform = uniform;
    this.shapes = shapes;
    this.offsets = offsets;
  }

  /** Where a mask's runs begin and end. */
  record Place(MaskSize size, long start, long end) {}

  static RunPlacesReader open(StoreFolder folder, Manifest manifest) throws IOException {
    long n = manifest.masks();
    MaskSize size = manifest.size();
    StoreFileReader shapes = size == null ? folder.reader(StoreFiles.SHAPES, "<i4", n, 2L) : null;
    StoreFileReader offsets = null;
    try {
      offsets = folder.reader(StoreFiles.OFFSETS, "<i8", n + 1, 2L);
      PlacesReader.check(folder, 0, offsets.nextLong(), offsets.nextLong(), 0, 0);
      return new RunPlacesReader(folder, size, shapes, offsets);
    } catch (IOException | RuntimeException | Error e) {
      if (shapes != null) {
        shapes.close();
      }
      if (offsets != null) {
        offsets.close();
      }
      throw e;
    }
  }

  /**
   * The place of the next mask.
   *
   * @param bytes of all runs
   * @throws MaskFormatException if it is not where it should be
   */
  Place next(long bytes) throws IOException {
    MaskSize size =
        shapes == null
            ? Objects.requireNonNull(uniform)
            : PlacesReader.nextSize(shapes, folder, mask);
    long begin = start;
    mask++;
    row += size.packedRows();
    start = offsets.nextLong();
    long end = Math.clamp(start, begin, bytes);
    PlacesReader.check(folder, mask, start, offsets.nextLong(), end, row);
    return new Place(size, begin, end);
  }

  @Override
  public void close() throws IOException {
    offsets.close();
    if (shapes != null) {
      shapes.close();
    }
  }
}
