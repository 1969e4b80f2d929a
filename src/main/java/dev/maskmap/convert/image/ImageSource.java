package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.Channel;
import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.MaskSource;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The images of one file: one, or the pages of a TIFF file. What the file holds is told by its
 * content. Opening reads no more than the first bytes, and of a TIFF file the chain of its pages;
 * pixels are read by {@link MaskItem#read}.
 */
public final class ImageSource implements MaskSource {
  /** How names of image files mostly end, in lower case: what a folder is searched for. */
  public static final Set<String> EXTENSIONS =
      Set.of(
          ".png", ".gif", ".bmp", ".tif", ".tiff", ".pbm", ".pgm", ".ppm", ".pnm", ".jpg", ".jpeg",
          ".webp");

  private final Iterator<? extends MaskItem> items;

  private ImageSource(List<? extends MaskItem> items) {
    this.items = items.iterator();
  }

  /**
   * Opens {@code file}. The item of a file of one image has the name of the file; of several, the
   * number of the page is added, from 0, with as many digits as the last one has: {@code stack/07}.
   *
   * @param channel which samples the items give
   * @throws IOException if the file cannot be read, or the pages of a TIFF file cannot be told; the
   *     message is one line that begins with the file. What is no image at all is refused by its
   *     item.
   */
  public static MaskSource open(MaskFile file, Channel channel) throws IOException {
    String origin = file.path().toString();
    return Guarded.call(origin, () -> new ImageSource(items(file, origin, channel)));
  }

  private static List<? extends MaskItem> items(MaskFile file, String origin, Channel channel)
      throws IOException {
    long bytes = Files.size(file.path());
    if (ImageDecoder.content(file.path()) != FileContent.TIFF) {
      return List.of(new ImageItem(file, origin, bytes, channel));
    }
    long[] pages = TiffPages.of(file.path());
    int digits = String.valueOf(pages.length - 1).length();
    List<TiffItem> items = new ArrayList<>();
    for (int i = 0; i < pages.length; i++) {
      String page = pages.length == 1 ? "" : "%0" + digits + "d";
      String number = page.formatted(i);
      items.add(
          new TiffItem(
              file.path(),
              pages[i],
              number.isEmpty() ? file.name() : file.name() + "/" + number,
              number.isEmpty() ? origin : origin + ": page " + number,
              share(bytes, i, pages.length),
              channel));
    }
    return items;
  }

  /** Parts of equal size, so that all together are the file. */
  private static long share(long bytes, int page, int pages) {
    return bytes / pages + (page < bytes % pages ? 1 : 0);
  }

  @Override
  public @Nullable MaskItem next() {
    return items.hasNext() ? items.next() : null;
  }

  @Override
  public void close() {
    // Nothing is held open: each item opens the file when it is read.
  }
}
