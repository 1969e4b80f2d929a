package dev.maskmap.convert;

import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.DecodedImage.Kind;
import dev.maskmap.convert.pixels.PixelValues;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Chosen values.
 *
 * @param sorted those that are foreground, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
record ValuesRule(double[] sorted) implements ForegroundRule {
  private static final long EXACT = 1L << 53;

  static ValuesRule of(Collection<Long> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no value given: expected at least one");
    }
    for (long value : values) {
      if (value > EXACT || value < -EXACT) {
        throw new IllegalArgumentException("value %d: expected -2^53 to 2^53".formatted(value));
      }
    }
    return new ValuesRule(
        values.stream().mapToDouble(Long::doubleValue).sorted().distinct().toArray());
  }

  /** Sees a colour image whose three channels are equal everywhere as a gray one. */
  @Override
  public DecodedImage view(DecodedImage image) throws IOException {
    if (image.kind() != Kind.COLOR) {
      return image;
    }
    byte[] gray = new byte[image.values().length()];
    for (int i = 0; i < gray.length; i++) {
      int rgb = (int) image.values().at(i);
      if (rgb != (rgb & 0xFF) * 0x010101) {
        throw ForegroundRule.refused(
            image,
            "a colour image (%s occurs), and --values takes gray values, palette indexes or numbers: choose colours with --color RRGGBB"
                .formatted(Kind.COLOR.label(rgb)));
      }
      gray[i] = (byte) rgb;
    }
    return new DecodedImage(
        image.origin(),
        image.height(),
        image.width(),
        Kind.GRAY,
        new PixelValues.Narrow(gray),
        null,
        image.note());
  }

  @Override
  public boolean isForeground(Kind kind, double value) {
    // A binary search tells 0.0 from -0.0; the sum does not.
    return Arrays.binarySearch(sorted, value + 0.0) >= 0;
  }

  @Override
  public String describe() {
    return Arrays.stream(sorted)
        .mapToObj(value -> Long.toString((long) value))
        .collect(Collectors.joining(", ", "pixels of value ", ""));
  }
}
