package dev.maskmap.convert.coco;

import dev.maskmap.convert.coco.JsonTokens.Extent;
import java.io.IOException;
import java.util.Locale;

/** Gathers what the sections of a file say, in whichever order they come. Used by one thread. */
final class IndexBuilder {
  /** The id of the one image of a file that has no list of images. */
  private static final String SOLE = "#image";

  final ImageTable images = new ImageTable();
  final CategoryTable categories = new CategoryTable();
  final AnnotationTable annotations = new AnnotationTable();

  /** There is a list of all images: an annotation of another image is an error. */
  boolean imagesListed;

  /** What stands before the names of images that have only a number. */
  String series;

  private final String fileName;
  private int unnamed;
  private long shapes;

  /** An empty index of the file that is called {@code fileName}. */
  IndexBuilder(String fileName) {
    this.fileName = fileName;
    this.series = fileName;
  }

  /** Adds an image that has no id: a frame. */
  int addFrame() throws IOException {
    int image;
    do {
      image = images.number("#" + unnamed++);
    } while (images.isDeclared(image));
    images.declare(image, 0, 0);
    return image;
  }

  /** Adds an image that is called by its number. */
  int addNumbered() throws IOException {
    int number = unnamed;
    int image = addFrame();
    nameByNumber(image, number);
    return image;
  }

  /** Adds the one image of a file of nothing but one mask. */
  int addSingle() throws IOException {
    int image = addFrame();
    images.setName(image, fileName);
    return image;
  }

  private void nameByNumber(int image, int number) throws IOException {
    images.setName(image, String.format(Locale.ROOT, "%05d", number));
    images.setNumbered(image);
  }

  /**
   * Adds an entry of the list of images.
   *
   * @throws IOException if it has no id, or one that another entry has
   */
  void addImage(Draft draft) throws IOException {
    String id = draft.id;
    if (id == null) {
      throw new IOException(
          "images: entry %d has no id (an id is a number or a text)".formatted(images.size()));
    }
    int image = images.number(id);
    if (images.isDeclared(image)) {
      throw new IOException("images: two entries have the id %s".formatted(id));
    }
    declare(image, draft);
  }

  /** Sets what is known of an image. */
  void declare(int image, Draft draft) throws IOException {
    images.declare(image, draft.height, draft.width);
    if (draft.fileName != null) {
      images.setName(image, stem(draft.fileName));
    }
  }

  /** Sets what is known of a frame, when it has been read to its end. */
  void declareFrame(int image, Draft draft) throws IOException {
    declare(image, draft);
    if (draft.fileName == null) {
      nameByNumber(image, unnamed - 1);
    }
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
  }

  /** Sets the one image of a file that has no list of images. */
  void setSoleImage(Draft draft) throws IOException {
    int image = images.number(SOLE);
    declare(image, draft);
    if (draft.fileName == null) {
      images.setName(image, draft.imageId == null ? fileName : draft.imageId);
    }
  }

  /**
   * Adds an annotation.
   *
   * @param image its image, or -1 to be set later
   */
  void addAnnotation(Draft draft, int image) throws IOException {
    String id = draft.id == null ? Integer.toString(annotations.size()) : draft.id;
    String name = draft.category;
    int category = name == null ? -1 : categories.number(name);
    Extent shape = draft.shape;
    long offset = shape == null ? 0 : shape.offset();
    int flags = draft.flags();
    if ((flags & AnnotationTable.NO_SHAPE) == 0) {
      shapes++;
    }
    annotations.add(id, image, category, offset, shape == null ? 0 : shape.length(), flags);
  }

  /** Returns the image that an annotation names, or else the only one. */
  int imageOf(Draft draft) throws IOException {
    String id = draft.imageId;
    return images.number(id == null ? SOLE : id);
  }

  /**
   * Closes the tables.
   *
   * @throws IOException if there is no annotation with a shape, or one of an image that is not in
   *     the list of images
   */
  void finish() throws IOException {
    if (annotations.size() == 0) {
      throw new IOException("holds no annotations: there is nothing to make masks of");
    }
    if (shapes == 0) {
      throw new IOException(
          "none of its %d annotations has a segmentation: boxes alone are no masks"
              .formatted(annotations.size()));
    }
    checkImages();
    annotations.sort(images.size());
  }

  private void checkImages() throws IOException {
    int sole = images.find(SOLE);
    for (int at = 0; at < annotations.size(); at++) {
      int image = annotations.image(at);
      if (images.isDeclared(image)) {
        continue;
      }
      if (image == sole) {
        throw new IOException(
            "annotation %s has no image_id (a number or a text)".formatted(annotations.id(at)));
      }
      if (imagesListed) {
        throw new IOException(
            "annotation %s: its image_id %s is not in the list of images"
                .formatted(annotations.id(at), images.id(image)));
      }
    }
  }
}
