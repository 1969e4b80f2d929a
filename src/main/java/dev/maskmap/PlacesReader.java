package dev.maskmap;

import dev.maskmap.internal.files.StoreFileReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The size and the first byte of each mask in turn, read from the files that list them. */
final class PlacesReader implements Closeable {
  private final StoreFolder folder;
  private final @Nullable MaskSize uniform;
  private final @Nullable StoreFileReader shapes;
  private final @Nullable StoreFileReader offsets;
  private long mask;
  private long end;
  private long endRow;

  private PlacesReader(
      StoreFolder folder,
      @Nullable MaskSize uniform,
      @Nullable StoreFileReader shapes,
      @Nullable StoreFileReader offsets) {
    this.folder = folder;
    this.uniform = uniform;
    this.shapes = shapes;
    this.offsets = offsets;
  }

  /** Where a mask lies. */
  record Place(MaskSize size, long start) {}

  static PlacesReader open(StoreFolder folder, Manifest manifest) throws IOException {
    MaskSize size = manifest.size();
    if (size != null) {
      return new PlacesReader(folder, size, null, null);
    }
    long n = manifest.masks();
    StoreFileReader shapes = folder.reader(StoreFiles.SHAPES, "<i4", n, 2L);
    try {
      return new PlacesReader(
          folder, null, shapes, folder.reader(StoreFiles.OFFSETS, "<i8", n + 1, 2L));
    } catch (IOException | RuntimeException | Error e) {
      shapes.close();
      throw e;
    }
  }

  /**
   * The place of the next mask.
   *
   * @throws MaskFormatException if it is not where it should be
   */
  Place next() throws IOException {
    if (shapes == null) {
      MaskSize size = Objects.requireNonNull(uniform);
      return new Place(size, size.bytes() * mask++);
    }
    MaskSize size = nextSize(shapes, folder, mask);
    long start = RaggedShapes.align(end);
    checkPlace(start, endRow);
    end = start + size.bytes();
    endRow += size.packedRows();
    mask++;
    return new Place(size, start);
  }

  /** The next mask's size in the list of sizes. */
  static MaskSize nextSize(StoreFileReader sides, StoreFolder folder, long mask)
      throws IOException {
    int height = (int) sides.nextUnsignedInt();
    int width = (int) sides.nextUnsignedInt();
    if (height < 1 || width < 1) {
      throw new MaskFormatException(
          folder.path(StoreFiles.SHAPES),
          "mask %d is %dx%d; expected sides of 1 or more".formatted(mask, height, width));
    }
    return new MaskSize(height, width);
  }

  /** Checks the ends of the last mask. */
  void finish() throws IOException {
    checkPlace(end, endRow);
  }

  private void checkPlace(long start, long row) throws IOException {
    if (offsets != null) {
      check(folder, mask, offsets.nextLong(), offsets.nextLong(), start, row);
    }
  }

  /** Holds an entry of {@code offsets.npy} against what it should be. */
  static void check(
      StoreFolder folder, long entry, long foundStart, long foundRow, long start, long row)
      throws MaskFormatException {
    if (foundStart != start || foundRow != row) {
      throw new MaskFormatException(
          folder.path(StoreFiles.OFFSETS),
          "entry %d is byte %d, packed row %d; expected byte %d, packed row %d"
              .formatted(entry, foundStart, foundRow, start, row));
    }
  }

  @Override
  public void close() throws IOException {
    if (shapes != null) {
      shapes.close();
    }
    if (offsets != null) {
      offsets.close();
    }
  }
}
