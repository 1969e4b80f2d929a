package dev.maskmap.cli;

import dev.maskmap.Mask;
import dev.maskmap.MaskStore;
import dev.maskmap.Region;
import dev.maskmap.cli.draw.HeatSheet;
import dev.maskmap.sample.Place;
import dev.maskmap.sample.Sampler;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Counts where in the masks a sampler's patches fall: masks of all sizes are laid over one another,
 * stretched to one size, and divided into cells.
 */
final class HeatMap {
  /** Cells of the longer side. */
  private static final int CELLS = 64;

  /** Masks whose foreground is looked at: the first that come. */
  private static final int LOOKED_AT = 64;

  private final MaskStore store;
  private final Sampler sampler;
  private final int rows;
  private final int columns;
  private final long[] begins;

  /** Changes of the number of patches at a cell's corner; summed up they are the coverage. */
  private final long[] changes;

  private final Set<Long> masks = new LinkedHashSet<>();
  private long drawn;
  private long gaveUp;
  private long epochs;

  private HeatMap(MaskStore store, Sampler sampler, double height, double width) {
    this.store = store;
    this.sampler = sampler;
    double longer = Math.max(height, width);
    double cells = Math.min(CELLS, longer);
    rows = (int) Math.max(1, Math.round(cells * height / longer));
    columns = (int) Math.max(1, Math.round(cells * width / longer));
    begins = new long[rows * columns];
    changes = new long[(rows + 1) * (columns + 1)];
  }

  /**
   * Draws {@code wanted} patches, from the epoch on; of a sampler whose epochs are the same those
   * of one epoch at most.
   */
  static HeatMap draw(
      MaskStore store, Sampler sampler, boolean same, long seed, long epoch, long wanted) {
    Place place = new Place();
    long count = same ? Math.min(wanted, sampler.size()) : wanted;
    double height = 0;
    double width = 0;
    for (long n = 0; n < Math.min(count, 1000); n++) {
      sampler.draw(seed, epoch + n / sampler.size(), n % sampler.size(), place);
      height += store.height(place.mask());
      width += store.width(place.mask());
    }
    HeatMap map = new HeatMap(store, sampler, height, width);
    for (long n = 0; n < count; n++) {
      map.gaveUp +=
          sampler.draw(seed, epoch + n / sampler.size(), n % sampler.size(), place) ? 0 : 1;
      map.add(place);
    }
    map.epochs = Math.ceilDiv(count, sampler.size());
    return map;
  }

  private void add(Place at) {
    drawn++;
    if (masks.size() < LOOKED_AT) {
      masks.add(at.mask());
    }
    int height = store.height(at.mask());
    int width = store.width(at.mask());
    begins[
        (int) ((long) at.y() * rows / height) * columns
            + (int) ((long) at.x() * columns / width)]++;
    // Cells whose middle lies in the patch.
    int top = cell(at.y(), height, rows);
    int left = cell(at.x(), width, columns);
    int bottom = cell(Math.min(height, (long) at.y() + sampler.height()), height, rows);
    int right = cell(Math.min(width, (long) at.x() + sampler.width()), width, columns);
    changes[top * (columns + 1) + left]++;
    changes[top * (columns + 1) + right]--;
    changes[bottom * (columns + 1) + left]--;
    changes[bottom * (columns + 1) + right]++;
  }

  /** The first cell whose middle is at a pixel's edge or behind it. */
  private static int cell(long edge, int length, int cells) {
    return (int) Math.max(0, Math.ceil((double) edge * cells / length - 0.5));
  }

  /** Patches that were counted. */
  long drawn() {
    return drawn;
  }

  long gaveUp() {
    return gaveUp;
  }

  /** Epochs that they are of. */
  long epochs() {
    return epochs;
  }

  /** For each cell the share of the patches that begin there. */
  double[] begins() {
    double[] shares = new double[begins.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (double) begins[i] / drawn;
    }
    return shares;
  }

  /** For each cell the share of the patches that cover its middle. */
  double[] coverage() {
    double[] shares = new double[begins.length];
    long[] above = new long[columns];
    for (int row = 0; row < rows; row++) {
      long sum = 0;
      for (int column = 0; column < columns; column++) {
        sum += changes[row * (columns + 1) + column];
        above[column] += sum;
        shares[row * columns + column] = (double) above[column] / drawn;
      }
    }
    return shares;
  }

  /** For each cell the mean share of foreground in the first masks that came. */
  double[] foreground() {
    double[] shares = new double[begins.length];
    for (long index : masks) {
      Mask mask = store.mask(index);
      for (int i = 0; i < shares.length; i++) {
        int y = (int) ((long) (i / columns) * mask.height() / rows);
        int x = (int) ((long) (i % columns) * mask.width() / columns);
        int bottom = (int) ((i / columns + 1L) * mask.height() / rows);
        int right = (int) ((i % columns + 1L) * mask.width() / columns);
        int height = Math.max(1, bottom - y);
        int width = Math.max(1, right - x);
        double pixels = (double) height * width;
        shares[i] += mask.count(Region.of(y, x, height, width)) / pixels / masks.size();
      }
    }
    return shares;
  }

  /** The maps, beside one another. */
  List<HeatSheet.Panel> panels() {
    List<HeatSheet.Panel> panels = new ArrayList<>();
    panels.add(panel("patches begin here", "of patches", begins()));
    panels.add(panel("patches cover this", "of patches", coverage()));
    panels.add(panel("foreground, %d masks".formatted(masks.size()), "of masks", foreground()));
    return panels;
  }

  private HeatSheet.Panel panel(String title, String of, double[] shares) {
    double most = 0;
    for (double share : shares) {
      most = Math.max(most, share);
    }
    String end = String.format(Locale.ROOT, most < 0.1 ? "%.2f%% %s" : "%.0f%% %s", 100 * most, of);
    return new HeatSheet.Panel(title, rows, columns, shares, most, end);
  }
}
