package dev.maskmap.convert;

import dev.maskmap.convert.pixels.PackedMask;
import java.util.List;
import java.util.Map;

/**
 * A label map taken apart.
 *
 * @param height rows of pixels
 * @param width pixels in a row
 * @param masks by label, of the labels that occur; {@link Labels#VALID} is one of them where ids
 *     are ignored
 * @param colors whether the ids are colours, and not numbers
 * @param background whether pixels of value 0 were taken for background without being asked about
 * @param notes as {@link ReadMask#notes}
 */
public record LabelledMasks(
    int height,
    int width,
    Map<String, PackedMask> masks,
    boolean colors,
    boolean background,
    List<String> notes)
    implements ReadMask {
  /** Returns the foreground pixels of a label, 0 if it does not occur. */
  public long foreground(String label) {
    PackedMask mask = masks.get(label);
    return mask == null ? 0 : BitColumns.count(mask.rows(), 0, mask.rows().length);
  }

  @Override
  public long heldBytes() {
    return masks.values().stream().mapToLong(mask -> mask.rows().length).sum();
  }
}
