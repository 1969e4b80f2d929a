package dev.maskmap.convert;

import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.DecodedImage.Kind;
import dev.maskmap.convert.pixels.Messages;
import dev.maskmap.convert.pixels.PixelValues;
import java.io.IOException;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which pixel values are foreground: gray values, palette indexes (not their colours) and colours.
 * Immutable; any number of threads may share one.
 */
public sealed interface ForegroundRule {
  /** The largest value that an image can hold, other than a colour. */
  int MAX_VALUE = 65_535;

  /** Says whether {@code value} of an image of {@code kind} is foreground. */
  boolean isForeground(Kind kind, double value);

  /** Returns one line for people: {@code non-zero pixels}. */
  String describe();

  /** Says whether colours can be judged at all. */
  default boolean acceptsColor() {
    return true;
  }

  /** Returns the rule that holds where nobody asks for another: any value but 0 (any channel). */
  static ForegroundRule nonZero() {
    return new NonZero();
  }

  /**
   * Returns the rule {@code value >= threshold}; of a colour, the largest channel counts.
   *
   * @throws IllegalArgumentException unless 1 &lt;= threshold &lt;= {@link #MAX_VALUE}
   */
  static ForegroundRule threshold(int threshold) {
    if (threshold < 1) {
      throw new IllegalArgumentException(
          "threshold %d: expected 1 to %d".formatted(threshold, MAX_VALUE));
    }
    checkValue(threshold, "threshold");
    return new Threshold(threshold);
  }

  /**
   * Returns the rule that takes exactly these gray values or palette indexes; it refuses colours.
   *
   * @throws IllegalArgumentException if there are none, or one is not in 0 to {@link #MAX_VALUE}
   */
  static ForegroundRule values(Collection<Integer> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no value given: expected at least one");
    }
    values.forEach(value -> checkValue(value, "value"));
    return new Values(Set.copyOf(values));
  }

  private static void checkValue(int value, String what) {
    if (value < 0 || value > MAX_VALUE) {
      throw new IllegalArgumentException(
          "%s %d: expected 0 to %d".formatted(what, value, MAX_VALUE));
    }
  }

  /**
   * Returns {@code height * width} bytes, row by row: 1 for foreground, 0 for background.
   *
   * @throws IOException if the image is in colour and this rule cannot judge colours; the message
   *     begins with the file
   */
  default byte[] apply(DecodedImage image) throws IOException {
    if (image.kind() == Kind.COLOR && !acceptsColor()) {
      throw new IOException(
          Messages.oneLine(
              image.origin()
                  + ": an RGB image, and chosen values are gray values or palette indexes:"
                  + " use the non-zero rule or a threshold, or convert it to gray or a palette"));
    }
    return switch (image.values()) {
      case PixelValues.Narrow(byte[] bytes) -> applyNarrow(image.kind(), bytes);
      case PixelValues others -> applyAny(image.kind(), others);
    };
  }

  private byte[] applyNarrow(Kind kind, byte[] values) {
    byte[] table = new byte[256];
    for (int value = 0; value < table.length; value++) {
      table[value] = (byte) (isForeground(kind, value) ? 1 : 0);
    }
    byte[] out = new byte[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = table[values[i] & 0xFF];
    }
    return out;
  }

  private byte[] applyAny(Kind kind, PixelValues values) {
    byte[] out = new byte[values.length()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (isForeground(kind, values.at(i)) ? 1 : 0);
    }
    return out;
  }

  /** Any value but 0. */
  record NonZero() implements ForegroundRule {
    @Override
    public boolean isForeground(Kind kind, double value) {
      return value != 0;
    }

    @Override
    public String describe() {
      return "non-zero pixels";
    }
  }

  /**
   * Values from a threshold on.
   *
   * @param threshold the least foreground value
   */
  record Threshold(int threshold) implements ForegroundRule {
    @Override
    public boolean isForeground(Kind kind, double value) {
      return (kind == Kind.COLOR ? largestChannel((int) value) : value) >= threshold;
    }

    private static int largestChannel(int rgb) {
      return Math.max(rgb >> 16, Math.max((rgb >> 8) & 0xFF, rgb & 0xFF));
    }

    @Override
    public String describe() {
      return "pixels of value %d or more (of a colour, its largest channel)".formatted(threshold);
    }
  }

  /**
   * Chosen values.
   *
   * @param values those that are foreground
   */
  record Values(Set<Integer> values) implements ForegroundRule {
    @Override
    public boolean isForeground(Kind kind, double value) {
      return kind != Kind.COLOR && value == (int) value && values.contains((int) value);
    }

    @Override
    public boolean acceptsColor() {
      return false;
    }

    @Override
    public String describe() {
      return new TreeSet<>(values)
          .stream().map(String::valueOf).collect(Collectors.joining(", ", "pixels of value ", ""));
    }
  }
}
