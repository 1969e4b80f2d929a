package dev.maskmap.convert;

import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.DecodedImage.Kind;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Values from a threshold on.
 *
 * @param threshold the least foreground value
 */
record ThresholdRule(double threshold) implements ForegroundRule {
  ThresholdRule {
    if (!Double.isFinite(threshold)) {
      throw new IllegalArgumentException("threshold %s: expected a number".formatted(threshold));
    }
  }

  @Override
  public DecodedImage view(DecodedImage image) throws IOException {
    boolean whole = threshold >= 1 && threshold == Math.rint(threshold);
    if (image.kind() != Kind.NUMBER && !whole) {
      // 0.5 would make everything but 0 foreground, and 0 everything.
      throw ForegroundRule.refused(
          image,
          "threshold %s, and values of an image are whole: expected 1 or more (128 is the middle of 8 bits)"
              .formatted(text()));
    }
    return image;
  }

  @Override
  public boolean isForeground(Kind kind, double value) {
    return (kind == Kind.COLOR ? largestChannel((int) value) : value) >= threshold;
  }

  private static int largestChannel(int rgb) {
    return Math.max(rgb >> 16, Math.max((rgb >> 8) & 0xFF, rgb & 0xFF));
  }

  @Override
  public String describe() {
    return "pixels of value %s or more (of a colour, its largest channel)".formatted(text());
  }

  private String text() {
    return new BigDecimal(String.valueOf(threshold)).stripTrailingZeros().toPlainString();
  }
}
