package dev.maskmap.convert;

import dev.maskmap.convert.pixels.DecodedImage.Kind;

/** Any value but 0. */
record NonZeroRule() implements ForegroundRule {
  @Override
  public boolean isForeground(Kind kind, double value) {
    return value != 0;
  }

  @Override
  public String describe() {
    return "non-zero pixels";
  }
}
