package dev.maskmap.convert;

import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.DecodedImage.Kind;
import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.MaskPixels;
import dev.maskmap.convert.pixels.Messages;
import dev.maskmap.convert.pixels.PackedMask;
import dev.maskmap.convert.pixels.PixelValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes one label map apart: a mask for each label that occurs in it. */
public final class LabelMap {
  /** Labels that fit a byte beside the background. */
  private static final int AT_ONCE = 255;

  private static final String UNLISTED =
      "ids that --labels does not list; they are background in every store";

  private final DecodedImage image;
  private final Labels labels;
  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final Map<Double, Integer> numberOf = new HashMap<>();
  private final List<String> notes = new ArrayList<>();
  private boolean background;
  private boolean unlisted;

  private LabelMap(DecodedImage image, Labels labels) {
    this.image = image;
    this.labels = labels;
  }

  /**
   * Reads an item and takes it apart.
   *
   * @throws IOException if it cannot be read, has no labels, or more than classes can be; one line
   *     that begins with its origin
   */
  public static LabelledMasks read(MaskItem item, Labels labels) throws IOException {
    MaskPixels pixels = item.read();
    if (!(pixels instanceof DecodedImage image)) {
      throw new IOException(
          Messages.oneLine(
              item.origin()
                  + ": bits, which have no labels: --split-labels takes images and arrays of ids"));
    }
    return new LabelMap(image, labels).split();
  }

  private LabelledMasks split() throws IOException {
    ValueCounts counts = ValueTable.counts(image);
    if (counts == null) {
      throw tooMany("more than " + ValueCounts.MAX_DISTINCT);
    }
    List<Double> values = new ArrayList<>();
    counts.forEach((value, pixels) -> values.add(value));
    for (double value : values) {
      number(value);
    }
    if (!labels.isListed() && numbers.size() > Labels.MAX_FOUND) {
      throw tooMany(String.valueOf(numbers.size()));
    }
    notes.add(image.note());
    if (unlisted) {
      notes.add(UNLISTED);
    }
    boolean colors = image.kind() == Kind.COLOR;
    return new LabelledMasks(image.height(), image.width(), masks(), colors, background, notes);
  }

  private void number(double value) throws IOException {
    Kind kind = image.kind();
    String label = labels.of(kind, value);
    if (label != null) {
      if (kind != Kind.COLOR && !LabelIds.isWhole(value)) {
        throw ForegroundRule.refused(image, "holds %s, and ids are whole numbers".formatted(value));
      }
      numberOf.put(value, numbers.computeIfAbsent(label, name -> numbers.size()));
    } else if (!labels.isIgnored(kind, value)) {
      background |= value == 0;
      unlisted |= value != 0;
    }
  }

  private IOException tooMany(String ids) {
    return ForegroundRule.refused(image, ids + " ids. " + tooManyHint());
  }

  /** What to do where there are too many ids. */
  public static String tooManyHint() {
    return "Classes are up to %d; where each object has its own id it is an instance map: list the ids that are classes with --labels FILE"
        .formatted(Labels.MAX_FOUND);
  }

  private Map<String, PackedMask> masks() {
    Map<String, PackedMask> masks = new LinkedHashMap<>();
    List<String> names = List.copyOf(numbers.keySet());
    if (image.values() instanceof PixelValues.Wide || image.values() instanceof PixelValues.Reals) {
      packIndexes(names, masks);
    } else {
      packBytes(names, masks);
    }
    if (labels.ignores()) {
      Kind kind = image.kind();
      masks.put(Labels.VALID, ColumnPacking.pack(image, value -> !labels.isIgnored(kind, value)));
    }
    return masks;
  }

  private void packBytes(List<String> names, Map<String, PackedMask> masks) {
    for (int label = 0; label < names.size(); label++) {
      Integer number = label;
      masks.put(
          names.get(label), ColumnPacking.pack(image, value -> number.equals(numberOf.get(value))));
    }
  }

  /** Many-valued images are looked up once, not once a label. */
  private void packIndexes(List<String> names, Map<String, PackedMask> masks) {
    for (int from = 0; from < names.size(); from += AT_ONCE) {
      int end = Math.min(names.size(), from + AT_ONCE);
      DecodedImage indexes = indexes(from, end);
      for (int label = from; label < end; label++) {
        int index = label - from + 1;
        masks.put(names.get(label), ColumnPacking.pack(indexes, value -> value == index));
      }
    }
  }

  /** The image with 1, 2 and so on for the labels {@code from} to {@code end}, and 0 elsewhere. */
  private DecodedImage indexes(int from, int end) {
    PixelValues values = image.values();
    byte[] out = new byte[values.length()];
    double last = values.at(0);
    byte index = index(last, from, end);
    for (int i = 0; i < out.length; i++) {
      double value = values.at(i);
      // Label maps are areas of one value: one look-up a run.
      if (value != last) {
        last = value;
        index = index(value, from, end);
      }
      out[i] = index;
    }
    PixelValues indexes = new PixelValues.Narrow(out);
    return new DecodedImage(image.origin(), image.height(), image.width(), Kind.INDEXED, indexes);
  }

  private byte index(double value, int from, int end) {
    int number = numberOf.getOrDefault(value, -1);
    return (byte) (number >= from && number < end ? number - from + 1 : 0);
  }
}
