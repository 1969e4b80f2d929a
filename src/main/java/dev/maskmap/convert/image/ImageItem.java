package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.Channel;
import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.MaskPixels;
import java.io.IOException;

/**
 * A file of one image.
 *
 * @param file where it is
 * @param origin as {@link MaskItem#origin}
 * @param bytes its size
 * @param channel which samples are wanted
 */
record ImageItem(MaskFile file, String origin, long bytes, Channel channel) implements MaskItem {
  @Override
  public String name() {
    return file.name();
  }

  @Override
  public MaskPixels read() throws IOException {
    return ImageDecoder.read(file.path(), channel);
  }
}
