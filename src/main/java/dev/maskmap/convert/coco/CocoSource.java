package dev.maskmap.convert.coco;

import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.MaskSource;
import dev.maskmap.convert.pixels.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The masks of one annotation file, in the layouts that {@link DocumentScan} lists.
 *
 * <p>Opening reads the file once, from end to end, and keeps where each annotation's shape is: some
 * 40 bytes an annotation and 50 an image, however long the polygons are, because COCO's annotations
 * of one image lie anywhere in the file. Each mask then reads the shapes that it needs from their
 * places, on the thread that asks for it.
 *
 * <p>Names: of a mask of an image, the image's {@code file_name} with its folders and without its
 * extension, or its id where the file has no list of images; of an annotation, that, '/' and the
 * annotation's id, or its position in the file where it has none; of a category of an image, that,
 * '/' and the category's name. Two ids of one category name are one category.
 *
 * <p>Never used is {@code area}: of crowd regions it is not the number of pixels.
 */
public final class CocoSource {
  private CocoSource() {}

  /**
   * Opens {@code file}.
   *
   * @throws IOException if it cannot be read, is no annotation file, has no annotation with a
   *     shape, an annotation of an unknown image, images with the same id or name, or none of the
   *     categories asked for; the message is one line that begins with the file
   */
  public static MaskSource open(MaskFile file, CocoRequest request) throws IOException {
    CocoIndex index = CocoIndex.of(file);
    try {
      Selection selection = new Selection(index, request);
      CocoNames names = new CocoNames(index);
      names.check();
      PanopticImages segments = new PanopticImages(index, request.panoptic());
      return switch (request.per()) {
        case ANNOTATION -> {
          names.checkAnnotations(selection);
          yield new PerAnnotation(index, segments, selection);
        }
        case CATEGORY -> {
          names.checkCategories(selection);
          yield new PerCategory(index, segments, selection);
        }
        case IMAGE -> new PerImage(index, segments, selection);
      };
    } catch (IOException e) {
      throw new IOException(Messages.oneLine(index.file + ": " + e.getMessage()), e);
    }
  }

  /** What the three have in common. */
  private abstract static class Masks implements MaskSource {
    final CocoIndex index;
    final PanopticImages segments;
    final Selection selection;

    /** The image of segments that the last item stands for, already counted. */
    private int counted = -1;

    Masks(CocoIndex index, PanopticImages segments, Selection selection) {
      this.index = index;
      this.segments = segments;
      this.selection = selection;
    }

    final MaskItem item(String name, String subject, int image, int... annotations) {
      long bytes = 0;
      for (int annotation : annotations) {
        bytes += index.annotations.length(annotation);
      }
      return new CocoItem(
          index, segments, name, subject, image, annotations, bytes + segmentBytes(image));
    }

    /** An image of segments counts once, with its first mask. */
    private long segmentBytes(int image) {
      if (counted == image || !index.images.hasSegmentFile(image)) {
        return 0;
      }
      counted = image;
      try {
        Path file = segments.file(image);
        return Files.isRegularFile(file) ? Files.size(file) : 0;
      } catch (IOException e) {
        // Reading the item says what is wrong.
        return 0;
      }
    }

    @Override
    public final void close() {}
  }

  private static final class PerAnnotation extends Masks {
    private int next;

    PerAnnotation(CocoIndex index, PanopticImages segments, Selection selection) {
      super(index, segments, selection);
    }

    @Override
    public @Nullable MaskItem next() {
      while (next < index.annotations.size() && !selection.has(next)) {
        next++;
      }
      if (next == index.annotations.size()) {
        return null;
      }
      int annotation = next++;
      int image = index.annotations.image(annotation);
      String id = index.annotations.id(annotation);
      return item(index.imageName(image) + "/" + id, "annotation " + id, image, annotation);
    }
  }

  private static final class PerImage extends Masks {
    private final int[] images;
    private int next;

    PerImage(CocoIndex index, PanopticImages segments, Selection selection) {
      super(index, segments, selection);
      this.images = index.images.inOrder();
    }

    @Override
    public @Nullable MaskItem next() {
      if (next == images.length) {
        return null;
      }
      int image = images[next++];
      String name = index.imageName(image);
      return item(name, "image " + name, image, selection.of(image));
    }
  }

  private static final class PerCategory extends Masks {
    private final int[] firstOfName;
    private final int[] images;
    private int next;

    /** The annotations that are left of the image before {@code next}, by category. */
    private int[] left = {};

    PerCategory(CocoIndex index, PanopticImages segments, Selection selection) {
      super(index, segments, selection);
      this.firstOfName = index.categories.firstOfName();
      this.images = index.images.inOrder();
    }

    @Override
    public @Nullable MaskItem next() {
      while (left.length == 0) {
        if (next == images.length) {
          return null;
        }
        left = byCategory(selection.of(images[next++]));
      }
      int category = category(left[0]);
      int count = 1;
      while (count < left.length && category(left[count]) == category) {
        count++;
      }
      int[] annotations = Arrays.copyOf(left, count);
      left = Arrays.copyOfRange(left, count, left.length);
      int image = images[next - 1];
      String name = index.imageName(image) + "/" + index.categories.name(category);
      return item(name, "image " + name, image, annotations);
    }

    /** Sorts by category, keeping the order within one. */
    private int[] byCategory(int[] annotations) {
      return Arrays.stream(annotations)
          .mapToLong(at -> (long) category(at) << 32 | at)
          .sorted()
          .mapToInt(key -> (int) key)
          .toArray();
    }

    private int category(int annotation) {
      return firstOfName[index.annotations.category(annotation)];
    }
  }
}
