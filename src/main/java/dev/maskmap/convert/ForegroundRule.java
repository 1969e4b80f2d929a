package dev.maskmap.convert;

import dev.maskmap.convert.pixels.Channel;
import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.DecodedImage.Kind;
import dev.maskmap.convert.pixels.Messages;
import dev.maskmap.convert.pixels.PackedMask;
import java.io.IOException;
import java.util.Collection;

/**
 * Which pixel values are foreground. Immutable; any number of threads may share one.
 *
 * <p>A rule judges an image as it sees it ({@link #view}): chosen colours see a palette image in
 * its colours, all others see the indexes.
 */
public sealed interface ForegroundRule
    permits NonZeroRule, ThresholdRule, ValuesRule, ColorRule, AlphaRule {

  /** Says whether {@code value} of an image of {@code kind}, as {@link #view} gives it, counts. */
  boolean isForeground(Kind kind, double value);

  /** Returns one line for people: {@code non-zero pixels}. */
  String describe();

  /** Returns which samples of an image it needs. */
  default Channel channel() {
    return Channel.VALUES;
  }

  /**
   * Returns the image as this rule sees it, itself where that is no other.
   *
   * @throws IOException if the rule cannot judge such an image; one line that begins with its
   *     origin and says what would
   */
  default DecodedImage view(DecodedImage image) throws IOException {
    return image;
  }

  /**
   * Returns the mask of an image.
   *
   * @throws IOException as {@link #view}
   */
  default PackedMask apply(DecodedImage image) throws IOException {
    return pack(view(image));
  }

  /** Returns the mask of an image that {@link #view} gave. */
  default PackedMask pack(DecodedImage seen) {
    Kind kind = seen.kind();
    return ColumnPacking.pack(seen, value -> isForeground(kind, value));
  }

  /** Returns the rule that holds where nobody asks for another: any value but 0 (any channel). */
  static ForegroundRule nonZero() {
    return new NonZeroRule();
  }

  /**
   * Returns the rule {@code value >= threshold}; of a colour, the largest channel counts. An image
   * needs a whole threshold of 1 or more, an array takes any.
   *
   * @throws IllegalArgumentException unless the threshold is finite
   */
  static ForegroundRule threshold(double threshold) {
    return new ThresholdRule(threshold);
  }

  /**
   * Returns the rule that takes exactly these gray values, palette indexes or numbers; of a colour
   * image whose channels are equal everywhere, the channel.
   *
   * @throws IllegalArgumentException if there are none, or one is beyond 2^53
   */
  static ForegroundRule values(Collection<Long> values) {
    return ValuesRule.of(values);
  }

  /**
   * Returns the rule that takes exactly these colours, {@code 0xRRGGBB}: of colour images, of
   * palette images, and of gray images the grays.
   *
   * @throws IllegalArgumentException if there are none, or one has more than 24 bits
   */
  static ForegroundRule colors(Collection<Integer> colors) {
    return ColorRule.of(colors);
  }

  /**
   * Returns the rule {@code alpha >= least}; it needs images with transparency.
   *
   * @throws IllegalArgumentException unless 1 &lt;= least &lt;= 65,535
   */
  static ForegroundRule alpha(int least) {
    return new AlphaRule(least);
  }

  /** The refusal of an image, in one line. */
  static IOException refused(DecodedImage image, String why) {
    return new IOException(Messages.oneLine(image.origin() + ": " + why));
  }
}
