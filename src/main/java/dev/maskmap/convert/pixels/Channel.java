package dev.maskmap.convert.pixels;

/** Which of an image's samples are wanted. */
public enum Channel {
  /** Gray values, palette indexes or colours; alpha is ignored. */
  VALUES,
  /** Alpha alone: of gray and colour images with an alpha channel, and of palettes with one. */
  ALPHA
}
