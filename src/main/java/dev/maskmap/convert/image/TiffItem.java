package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.Channel;
import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.MaskPixels;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A page of a TIFF file. Only what belongs to the page is read from the file.
 *
 * @param file where it is
 * @param directory where the page's directory begins, in bytes from the start of the file
 * @param name as {@link MaskItem#name}
 * @param origin as {@link MaskItem#origin}
 * @param bytes its share of the size of the file
 * @param channel which samples are wanted
 */
record TiffItem(Path file, long directory, String name, String origin, long bytes, Channel channel)
    implements MaskItem {
  @Override
  public MaskPixels read() throws IOException {
    return Guarded.call(origin, () -> TiffDecoder.read(file, directory, origin, channel));
  }
}
