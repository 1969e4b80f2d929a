package dev.maskmap.cli;

import dev.maskmap.image.ImageStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What {@code info} says about a store of images.
 *
 * @param sizes how many different ones there are
 * @param smallest by pixels
 * @param largest by pixels
 * @param bytes of all its files
 */
record ImageFacts(
    Path path,
    long images,
    int sizes,
    Size smallest,
    Size largest,
    String type,
    int channels,
    long bytes,
    String names,
    String id) {

  static ImageFacts of(Path path) throws IOException {
    try (ImageStore store = ImageStore.open(path)) {
      Set<Size> sizes = new HashSet<>();
      Size smallest = size(store, 0);
      Size largest = smallest;
      for (long i = 0; i < store.size(); i++) {
        Size size = size(store, i);
        sizes.add(size);
        smallest = pixels(size) < pixels(smallest) ? size : smallest;
        largest = pixels(size) > pixels(largest) ? size : largest;
      }
      return new ImageFacts(
          path,
          store.size(),
          sizes.size(),
          smallest,
          largest,
          store.type().toString().toLowerCase(Locale.ROOT),
          store.channels(),
          StoreFiles.bytes(path),
          "%s ... %s".formatted(store.name(0), store.name(store.size() - 1)),
          store.fingerprint());
    }
  }

  private static Size size(ImageStore store, long image) {
    return new Size(store.height(image), store.width(image));
  }

  private static long pixels(Size size) {
    return (long) size.height() * size.width();
  }

  Map<String, String> text() {
    Map<String, String> text = new LinkedHashMap<>();
    text.put("store", path.toString());
    String range =
        sizes == 1
            ? "%d x %d".formatted(smallest.height(), smallest.width())
            : String.format(
                Locale.ROOT,
                "%,d sizes, %d x %d to %d x %d",
                sizes,
                smallest.height(),
                smallest.width(),
                largest.height(),
                largest.width());
    text.put(
        "images", String.format(Locale.ROOT, "%,d of %s pixels (height x width)", images, range));
    text.put("pixels", "%d channel%s of %s".formatted(channels, channels == 1 ? "" : "s", type));
    text.put("on disk", ByteSize.text(bytes));
    text.put("names", names);
    text.put("id", id);
    return text;
  }

  /** The members are documented in {@code docs/images.md}: scripts read them. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("store", path.toString());
    json.put("images", images);
    json.put("sizes", sizes);
    json.put("smallest", List.of(smallest.height(), smallest.width()));
    json.put("largest", List.of(largest.height(), largest.width()));
    json.put("type", type);
    json.put("channels", channels);
    json.put("bytes", bytes);
    json.put("id", id);
    return json;
  }

  /** Prints a line for each image, and a heading. */
  static void list(Path path, PrintWriter out) throws IOException {
    try (ImageStore store = ImageStore.open(path)) {
      out.println("index\tname\theight\twidth");
      for (long i = 0; i < store.size(); i++) {
        out.printf("%d\t%s\t%d\t%d%n", i, store.name(i), store.height(i), store.width(i));
      }
    }
  }
}
