package dev.maskmap.convert.coco;

import dev.maskmap.convert.image.ImageDecoder;
import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.MaskPixels;
import dev.maskmap.convert.pixels.PixelValues;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The images of segments of a panoptic file: the colour of a pixel is the id of its segment, red +
 * 256 green + 65,536 blue; 0 is no segment. As in {@code panopticapi} (github.com/cocodataset), an
 * id that only the image or only the file has is an error. The last few images are kept, for the
 * next segments of them. Any number of threads may use it.
 */
final class PanopticImages {
  private static final int KEPT = 4;

  private final CocoIndex index;
  private final Path folder;
  private final Map<Integer, Slot> slots = new Slots();

  /** Images of segments in {@code folder}, or in the folder beside the file that has its name. */
  PanopticImages(CocoIndex index, @Nullable Path folder) {
    this.index = index;
    this.folder = folder == null ? besides(index.file) : folder;
  }

  /** An image that was read; {@code ids} has one number a pixel. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  private record Held(int image, int height, int width, int[] ids) {}

  private static Path besides(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return file.resolveSibling(dot > 0 ? name.substring(0, dot) : name + ".segments");
  }

  /** Returns where the image of segments of {@code image} should be. */
  Path file(int image) throws IOException {
    String name = index.images.segmentFile(image);
    if (!isInside(name)) {
      throw new IOException(
          "its image of segments is called '%s': expected a name below the folder %s"
              .formatted(name, folder));
    }
    return folder.resolve(name);
  }

  private static boolean isInside(String name) {
    Path inside = Path.of("inside");
    try {
      return inside.resolve(name).normalize().startsWith(inside);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /**
   * Returns the mask of some segments of one image.
   *
   * @throws IOException if the image cannot be read, is not one of colours or has another size than
   *     the file says, or if file and image have different segments
   */
  MaskPixels read(int image, int[] annotations) throws IOException {
    Held found = held(image);
    int[] wanted = ids(annotations);
    MaskCanvas canvas = new MaskCanvas(found.height, found.width);
    int before = 0;
    boolean foreground = false;
    for (int y = 0, at = 0; y < found.height; y++) {
      for (int x = 0; x < found.width; x++, at++) {
        if (found.ids[at] != before) {
          before = found.ids[at];
          foreground = Arrays.binarySearch(wanted, before) >= 0;
        }
        if (foreground) {
          canvas.set(y, x);
        }
      }
    }
    return canvas.mask("");
  }

  /** Images of other numbers are decoded at the same time; two readers of one wait for it. */
  private Held held(int image) throws IOException {
    Slot slot;
    synchronized (slots) {
      slot = slots.computeIfAbsent(image, number -> new Slot());
    }
    synchronized (slot) {
      Held known = slot.held;
      if (known == null) {
        known = decode(image);
        slot.held = known;
      }
      return known;
    }
  }

  /** A place for one image. */
  private static final class Slot {
    private @Nullable Held held;
  }

  /** Keeps the few images that were asked for last. */
  private static final class Slots extends LinkedHashMap<Integer, Slot> {
    private static final long serialVersionUID = 1L;

    private Slots() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Integer, Slot> eldest) {
      return size() > KEPT;
    }
  }

  private Held decode(int image) throws IOException {
    Path file = file(image);
    DecodedImage decoded = ImageDecoder.read(file);
    if (decoded.kind() != DecodedImage.Kind.COLOR
        || !(decoded.values() instanceof PixelValues.Wide(int[] colors))) {
      throw new IOException(
          "%s: expected colours, which are ids of segments, found %s"
              .formatted(file, decoded.kind() == DecodedImage.Kind.INDEXED ? "a palette" : "gray"));
    }
    int height = index.images.height(image);
    int width = index.images.width(image);
    if (height != 0 && width != 0 && (height != decoded.height() || width != decoded.width())) {
      throw new IOException(
          "%s has %d x %d pixels, but the file says %d x %d (height x width)"
              .formatted(file, decoded.height(), decoded.width(), height, width));
    }
    int[] ids = new int[colors.length];
    for (int at = 0; at < ids.length; at++) {
      // 0xRRGGBB turned round.
      ids[at] = Integer.reverseBytes(colors[at]) >>> 8;
    }
    check(file, ids, ids(index.annotations.of(image)));
    return new Held(image, decoded.height(), decoded.width(), ids);
  }

  private static void check(Path file, int[] pixels, int[] known) throws IOException {
    boolean[] seen = new boolean[known.length];
    int before = 0;
    for (int id : pixels) {
      if (id != before) {
        before = id;
        int at = Arrays.binarySearch(known, id);
        if (at >= 0) {
          seen[at] = true;
        } else if (id != 0) {
          throw new IOException(
              "%s has pixels of segment %d, which is not in segments_info".formatted(file, id));
        }
      }
    }
    for (int at = 0; at < known.length; at++) {
      if (at > 0 && known[at] == known[at - 1]) {
        throw new IOException(
            "segments_info has segment %d twice for %s".formatted(known[at], file));
      }
      if (!seen[at]) {
        throw new IOException(
            "%s has no pixels of segment %d, which is in segments_info".formatted(file, known[at]));
      }
    }
  }

  /** Returns the ids of segments as numbers, sorted. */
  private int[] ids(int[] annotations) throws IOException {
    int[] ids = new int[annotations.length];
    for (int at = 0; at < ids.length; at++) {
      String id = index.annotations.id(annotations[at]);
      if (!id.matches("[0-9]{1,8}") || Integer.parseInt(id) == 0) {
        throw new IOException(
            "segment %s: expected an id of 1 to 16777215, as colours have".formatted(id));
      }
      ids[at] = Integer.parseInt(id);
    }
    Arrays.sort(ids);
    return ids;
  }
}
