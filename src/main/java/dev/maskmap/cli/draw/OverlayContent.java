package dev.maskmap.cli.draw;

import dev.maskmap.Mask;
import dev.maskmap.Region;
import java.io.IOException;

/** A part of an image, a little darker than it is, with the contour of the mask drawn over it. */
public record OverlayContent(Mask mask, Region region, Picture picture) implements Tile.Content {
  private static final int LINE_RGB = 0xFFE600;
  private static final int EDGE_RGB = 0x000000;
  private static final int DIMMED = 85;

  @Override
  public int[] pixels(int factor) throws IOException {
    int[] pixels = picture.read(region, factor);
    byte[] contour = Contour.of(mask, region, factor);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] =
          switch (contour[i]) {
            case Contour.LINE -> LINE_RGB;
            case Contour.EDGE -> EDGE_RGB;
            default -> dim(pixels[i]);
          };
    }
    return pixels;
  }

  private static int dim(int rgb) {
    int red = ((rgb >> 16) & 0xFF) * DIMMED / 100;
    int green = ((rgb >> 8) & 0xFF) * DIMMED / 100;
    int blue = (rgb & 0xFF) * DIMMED / 100;
    return (red << 16) | (green << 8) | blue;
  }

  @Override
  public boolean isColor() {
    return true;
  }
}
