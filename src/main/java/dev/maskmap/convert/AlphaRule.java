package dev.maskmap.convert;

import dev.maskmap.convert.pixels.Channel;
import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.DecodedImage.Kind;
import java.io.IOException;

/**
 * Opacity from a threshold on.
 *
 * @param least the least foreground alpha
 */
record AlphaRule(int least) implements ForegroundRule {
  private static final int LARGEST = 65_535;

  AlphaRule {
    if (least < 1 || least > LARGEST) {
      throw new IllegalArgumentException("alpha %d: expected 1 to %d".formatted(least, LARGEST));
    }
  }

  @Override
  public Channel channel() {
    return Channel.ALPHA;
  }

  @Override
  public DecodedImage view(DecodedImage image) throws IOException {
    if (image.kind() != Kind.ALPHA) {
      throw ForegroundRule.refused(
          image, "has no alpha, and --alpha takes it: use --threshold or --values");
    }
    return image;
  }

  @Override
  public boolean isForeground(Kind kind, double value) {
    return value >= least;
  }

  @Override
  public String describe() {
    return "pixels of alpha %d or more".formatted(least);
  }
}
