package dev.maskmap.convert.array;

import dev.maskmap.convert.pixels.PixelValues;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Neighbouring masks of a stack in Fortran order, where the same pixel of all masks lies together
 * and every mask is spread over the whole file. One pass over the file serves as many masks as fit
 * a fixed amount of memory. The first of their items that is read does it; the others take what is
 * there. Any number of threads.
 */
final class FortranGroup {
  /** For the values of one group. Two groups are alive where threads are at the border of two. */
  private static final long GROUP_BYTES = 64L << 20;

  private static final int BLOCK_BYTES = 1 << 20;

  /** From this gap on, skipping what lies between two pieces is faster than reading it. */
  private static final int WORTH_SKIPPING = 32 << 10;

  private final Bytes.Opener opener;
  private final ArrayPlan plan;
  private final long first;
  private final int size;
  private ValueCollector @Nullable [] values;

  private FortranGroup(Bytes.Opener opener, ArrayPlan plan, long first, int size) {
    this.opener = opener;
    this.plan = plan;
    this.first = first;
    this.size = size;
  }

  /** Returns the group of masks that begins with mask {@code first}. */
  static FortranGroup of(Bytes.Opener opener, ArrayPlan plan, long first) {
    return of(opener, plan, first, GROUP_BYTES);
  }

  /** The same with another amount of memory for values. */
  static FortranGroup of(Bytes.Opener opener, ArrayPlan plan, long first, long groupBytes) {
    int pixelBytes = plan.type().isByte() ? 1 : Double.BYTES;
    long fitting = groupBytes / ((long) plan.grid().elements() * pixelBytes);
    // A piece of all masks of the group is read at once.
    long most = Math.min(fitting, BLOCK_BYTES / plan.type().bytes());
    long size = Math.clamp(most, 1, plan.grid().masks() - first);
    return new FortranGroup(opener, plan, first, (int) size);
  }

  boolean holds(long mask) {
    return mask < first + size;
  }

  /**
   * Returns the values of one mask, once.
   *
   * @throws IOException if they cannot be read, as {@link ElementReader#read}
   */
  synchronized PixelValues take(long mask) throws IOException {
    ValueCollector[] all = values;
    if (all == null) {
      all = gather();
      values = all;
    }
    int index = (int) (mask - first);
    ValueCollector taken = Objects.requireNonNull(all[index], "an item is read once");
    all[index] = null;
    return taken.values(plan.grid().columns());
  }

  private ValueCollector[] gather() throws IOException {
    ArrayGrid grid = plan.grid();
    ValueCollector[] out = new ValueCollector[size];
    for (int i = 0; i < size; i++) {
      out[i] = new ValueCollector(grid.elements());
    }
    // Where the gaps are small, the masks between are read as well and not looked at.
    int bytes = plan.type().bytes();
    boolean whole =
        (grid.masks() - size) * bytes < WORTH_SKIPPING && grid.masks() * bytes <= BLOCK_BYTES;
    int pieceMasks = whole ? (int) grid.masks() : size;
    int pixels = whole ? Math.max(1, BLOCK_BYTES / (pieceMasks * bytes)) : 1;
    try (Bytes in = opener.open()) {
      gather(in, out, pieceMasks, pixels);
      in.finish();
    }
    return out;
  }

  /**
   * @param pieceMasks masks of which a pixel is read: all, or those of the group
   * @param pixels read at once; 1 unless all masks are read
   */
  private void gather(Bytes in, ValueCollector[] out, int pieceMasks, int pixels)
      throws IOException {
    ArrayGrid grid = plan.grid();
    int bytes = plan.type().bytes();
    int skipped = pieceMasks == size ? 0 : (int) first;
    byte[] block = new byte[pixels * pieceMasks * bytes];
    double[] numbers = new double[size];
    for (int pixel = 0; pixel < grid.elements(); pixel += pixels) {
      int count = Math.min(pixels, grid.elements() - pixel);
      long at = plan.dataOffset() + (pixel * grid.masks() + first - skipped) * bytes;
      in.read(at, block, 0, count * pieceMasks * bytes);
      for (int i = 0; i < count; i++) {
        plan.type().decode(block, (i * pieceMasks + skipped) * bytes, size, numbers);
        scatter(out, pixel + i, numbers);
      }
    }
  }

  /** Puts one pixel of each mask where it belongs: pixels come column by column. */
  private void scatter(ValueCollector[] out, int pixel, double[] numbers) {
    int rows = plan.grid().rows();
    int index = pixel % rows * plan.grid().columns() + pixel / rows;
    for (int i = 0; i < out.length; i++) {
      out[i].put(index, 1, numbers, i, i + 1);
    }
  }
}
