package dev.maskmap;

import java.io.Closeable;
import java.io.IOException;
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
    StoreFileReader offsets = folder.reader(StoreFiles.OFFSETS, "<i8", n + 1, 2L);
    try {
      StoreFileReader shapes = size == null ? folder.reader(StoreFiles.SHAPES, "<i4", n, 2L) : null;
      RunPlacesReader places = new RunPlacesReader(folder, size, shapes, offsets);
      places.check(offsets.nextLong(), offsets.nextLong(), 0, 0);
      return places;
    } catch (IOException | RuntimeException | Error e) {
      offsets.close();
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
    MaskSize size = uniform;
    if (shapes != null) {
      size = PlacesReader.nextSize(shapes, folder, mask);
    } else if (size == null) {
      throw new IllegalStateException("sizes neither equal nor listed");
    }
    long begin = start;
    long end = offsets.nextLong();
    mask++;
    check(end, offsets.nextLong(), Math.clamp(end, begin, bytes), row + size.packedRows());
    start = end;
    row += size.packedRows();
    return new Place(size, begin, end);
  }

  private void check(long foundStart, long foundRow, long expected, long expectedRow)
      throws MaskFormatException {
    if (foundStart != expected || foundRow != expectedRow) {
      throw new MaskFormatException(
          folder.path(StoreFiles.OFFSETS),
          "entry %d is byte %d, packed row %d; expected byte %d, packed row %d"
              .formatted(mask, foundStart, foundRow, expected, expectedRow));
    }
  }

  @Override
  public void close() throws IOException {
    offsets.close();
    if (shapes != null) {
      shapes.close();
    }
  }
}
