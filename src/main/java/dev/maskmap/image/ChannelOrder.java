package dev.maskmap.image;

/** In which order a crop has its samples. */
public enum ChannelOrder {
  /** {@code (height, width, channels)}: the samples of a pixel side by side, as files have them. */
  HWC,
  /** {@code (channels, height, width)}: one plane a channel, as convolutions take them. */
  CHW
}
