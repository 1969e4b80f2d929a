package dev.maskmap.convert.array;

import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.MaskPixels;
import dev.maskmap.convert.pixels.PixelValues;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The masks of one array as items: one under the array's own name, several under that name and a
 * number, padded so that names and masks have one order. Used by one thread; the items on any.
 */
final class ArrayItems implements Closeable {
  private static final int MAX_HELD_BYTES = Integer.MAX_VALUE - 16;

  private final Array array;
  private final String numberFormat;
  private long next;
  private @Nullable FortranGroup group;
  private @Nullable Bytes stream;

  /**
   * One array.
   *
   * @param name of its masks
   * @param origin what messages call it
   * @param contentBytes of input that it takes
   * @param plan what it holds
   * @param opener of its content
   * @param stream whether the content can be read from its start only
   * @param note as {@link MaskPixels#note}
   */
  record Array(
      String name,
      String origin,
      long contentBytes,
      ArrayPlan plan,
      Bytes.Opener opener,
      boolean stream,
      String note) {

    MaskPixels pixels(PixelValues values) {
      return plan.pixels(values, origin, note);
    }
  }

  ArrayItems(Array array) {
    this.array = array;
    int digits = Long.toString(array.plan.grid().masks() - 1).length();
    this.numberFormat = "%0" + digits + "d";
  }

  /**
   * Returns the next item, or null behind the last.
   *
   * @throws IOException if a stream is damaged; without the origin
   */
  @Nullable MaskItem next() throws IOException {
    ArrayGrid grid = array.plan.grid();
    if (next == grid.masks()) {
      return null;
    }
    long mask = next++;
    if (grid.masks() == 1) {
      return new ArrayItem(array.name, array.origin, array.contentBytes, () -> whole(array));
    }
    if (grid.columnMajor()) {
      FortranGroup shared = groupOf(mask);
      return item(mask, () -> array.pixels(shared.take(mask)));
    }
    return array.stream ? held(mask) : item(mask, () -> part(array, mask));
  }

  private ArrayItem item(long mask, ArrayItem.Reading reading) {
    long bytes = array.contentBytes / array.plan.grid().masks();
    return new ArrayItem(
        array.name + "/" + numberFormat.formatted(mask),
        array.origin + ": mask " + mask,
        bytes,
        reading);
  }

  private FortranGroup groupOf(long mask) {
    FortranGroup current = group;
    if (current == null || !current.holds(mask)) {
      current = FortranGroup.of(array.opener, array.plan, mask);
      group = current;
    }
    return current;
  }

  private static MaskPixels whole(Array array) throws IOException {
    try (Bytes in = array.opener.open()) {
      PixelValues values = ElementReader.read(in, array.plan.dataOffset(), array.plan);
      in.finish();
      return array.pixels(values);
    }
  }

  private static MaskPixels part(Array array, long mask) throws IOException {
    try (Bytes in = array.opener.open()) {
      long position = array.plan.dataOffset() + mask * array.plan.maskBytes();
      return array.pixels(ElementReader.read(in, position, array.plan));
    }
  }

  /** Reads a mask's bytes here, in the order of the stream; the item decodes them. */
  private ArrayItem held(long mask) throws IOException {
    long bytes = array.plan.maskBytes();
    if (bytes > MAX_HELD_BYTES) {
      throw new Refusal(
          ("masks of %d bytes in an archive, more than the %d that are held at once: save the array"
                  + " as .npy")
              .formatted(bytes, MAX_HELD_BYTES));
    }
    if (stream == null) {
      stream = array.opener.open();
    }
    long position = array.plan.dataOffset() + mask * bytes;
    byte[] piece = new byte[(int) bytes];
    stream.read(position, piece, 0, piece.length);
    if (mask == array.plan.grid().masks() - 1) {
      stream.finish();
    }
    HeldBytes heldBytes = new HeldBytes(position, piece);
    return item(mask, () -> array.pixels(ElementReader.read(heldBytes, position, array.plan)));
  }

  @Override
  public void close() throws IOException {
    if (stream != null) {
      stream.close();
      stream = null;
    }
  }
}
