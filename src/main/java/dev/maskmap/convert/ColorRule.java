package dev.maskmap.convert;

import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.DecodedImage.Kind;
import dev.maskmap.convert.pixels.PixelValues;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/**
 * Chosen colours.
 *
 * @param sorted those that are foreground, {@code 0xRRGGBB}, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
record ColorRule(int[] sorted) implements ForegroundRule {
  private static final int LARGEST = 0xFFFFFF;

  static ColorRule of(Collection<Integer> colors) {
    if (colors.isEmpty()) {
      throw new IllegalArgumentException("no colour given: expected at least one, as RRGGBB");
    }
    for (int color : colors) {
      if (color < 0 || color > LARGEST) {
        throw new IllegalArgumentException("colour %X: expected RRGGBB".formatted(color));
      }
    }
    return new ColorRule(colors.stream().mapToInt(Integer::intValue).sorted().distinct().toArray());
  }

  @Override
  public DecodedImage view(DecodedImage image) throws IOException {
    return switch (image.kind()) {
      case COLOR -> image;
      case INDEXED -> colored(image, palette(image));
      case GRAY -> colored(image, gray(image));
      case ALPHA, NUMBER ->
          throw ForegroundRule.refused(
              image, "has no colours, and --color takes colours: choose numbers with --values");
    };
  }

  private static IntUnaryOperator palette(DecodedImage image) throws IOException {
    int[] palette = image.palette();
    if (palette == null) {
      throw ForegroundRule.refused(
          image, "its palette cannot be read: choose palette indexes with --values");
    }
    // An index past the palette is black, as most viewers show it.
    return index -> index < palette.length ? palette[index] : 0;
  }

  private static IntUnaryOperator gray(DecodedImage image) throws IOException {
    if (image.values() instanceof PixelValues.Wide) {
      throw ForegroundRule.refused(
          image, "gray of 16 bits, and colours have 8 a channel: choose gray values with --values");
    }
    // One bit has no grays between: 1 is white.
    int step = image.values() instanceof PixelValues.Bits ? LARGEST : 0x010101;
    return value -> value * step;
  }

  private static DecodedImage colored(DecodedImage image, IntUnaryOperator color) {
    int[] colors = new int[256];
    Arrays.setAll(colors, color);
    int[] out = new int[image.values().length()];
    if (image.values() instanceof PixelValues.Narrow(byte[] bytes)) {
      for (int i = 0; i < out.length; i++) {
        out[i] = colors[bytes[i] & 0xFF];
      }
    } else {
      Arrays.setAll(out, i -> color.applyAsInt((int) image.values().at(i)));
    }
    return new DecodedImage(
        image.origin(),
        image.height(),
        image.width(),
        Kind.COLOR,
        new PixelValues.Wide(out),
        null,
        image.note());
  }

  @Override
  public boolean isForeground(Kind kind, double value) {
    return Arrays.binarySearch(sorted, (int) value) >= 0;
  }

  @Override
  public String describe() {
    return Arrays.stream(sorted)
        .mapToObj(Kind.COLOR::label)
        .collect(Collectors.joining(", ", "pixels of colour ", ""));
  }
}
