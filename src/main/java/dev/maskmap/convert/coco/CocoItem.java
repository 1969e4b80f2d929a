package dev.maskmap.convert.coco;

import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.MaskPixels;
import dev.maskmap.convert.pixels.Messages;
import dev.maskmap.convert.pixels.PixelLimit;
import java.io.IOException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * One mask of an annotation file: the union of some annotations of one image. It opens the file for
 * itself, so it may be read after its source is closed.
 *
 * @param index where the shapes are
 * @param segments the images of segments
 * @param name what the mask is called
 * @param subject the image or the annotation, for messages
 * @param image its image
 * @param annotations those that are foreground, perhaps none
 * @param bytes of input that it stands for
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record CocoItem(
    CocoIndex index,
    PanopticImages segments,
    String name,
    String subject,
    int image,
    int[] annotations,
    long bytes)
    implements MaskItem {

  private static final String SHAPELESS = "an annotation without segmentation adds no pixels";

  @Override
  public String origin() {
    return Messages.oneLine(index.file + ": " + subject);
  }

  @Override
  public MaskPixels read() throws IOException {
    try {
      return index.images.hasSegmentFile(image)
          ? segments.read(image, annotations)
          : drawn().mask(note());
    } catch (IOException e) {
      throw new IOException(Messages.oneLine(origin() + ": " + e.getMessage()), e);
    } catch (OutOfMemoryError e) {
      throw new IOException(
          origin() + ": not enough memory for its pixels; try fewer jobs or -Xmx", e);
    }
  }

  private MaskCanvas drawn() throws IOException {
    try (FileChannel shapes = index.openShapes()) {
      MaskCanvas canvas = canvas(shapes);
      for (int annotation : annotations) {
        try {
          draw(shapes, annotation, canvas);
        } catch (IOException e) {
          throw within(annotation, e);
        }
      }
      return canvas;
    }
  }

  private void draw(FileChannel shapes, int annotation, MaskCanvas canvas) throws IOException {
    if (index.annotations.is(annotation, AnnotationTable.NO_SHAPE)) {
      return;
    }
    ShapeText shape = shape(shapes, annotation);
    int[] size = shape.size();
    if (size != null && (size[0] != canvas.height || size[1] != canvas.width)) {
      throw new IOException(
          "its run lengths are for %d x %d pixels, but its image has %d x %d (height x width)"
              .formatted(size[0], size[1], canvas.height, canvas.width));
    }
    shape.draw(canvas);
  }

  private ShapeText shape(FileChannel shapes, int annotation) throws IOException {
    if (index.annotations.is(annotation, AnnotationTable.OUTLINE)) {
      throw new IOException(
          "it has an outline (poly2d) and no rle: outlines may be curves and carry no size, so they"
              + " are not read; write them as rle with Scalabel or BDD100K's own tools");
    }
    return new ShapeText(index.shape(shapes, annotation));
  }

  private IOException within(int annotation, IOException e) {
    String id = index.annotations.id(annotation);
    String label = "annotation " + id;
    // An annotation's own mask is called so already.
    return subject.equals(label) ? e : new IOException(label + ": " + e.getMessage(), e);
  }

  private MaskCanvas canvas(FileChannel shapes) throws IOException {
    int height = index.images.height(image);
    int width = index.images.width(image);
    if (height == 0 || width == 0) {
      int[] size = sizeOfShapes(shapes);
      height = size[0];
      width = size[1];
    }
    if (height < 0 || width < 0) {
      throw new IOException("the height or width of its image is no whole number below 2^31");
    }
    if ((long) height * width > PixelLimit.PIXELS) {
      throw new IOException(
          "its image has %d x %d pixels, more than the %d (16384 x 16384) that are read"
              .formatted(height, width, PixelLimit.PIXELS));
    }
    return new MaskCanvas(height, width);
  }

  /** Any annotation of the image will do, also one that is not foreground here. */
  private int[] sizeOfShapes(FileChannel shapes) throws IOException {
    for (int annotation : index.annotations.of(image)) {
      int[] size = sizeOfShape(shapes, annotation);
      if (size != null) {
        return size;
      }
    }
    throw new IOException(
        "its size is unknown: the file's images have no height and width for it, and none of its"
            + " annotations has run lengths with a size");
  }

  private int @Nullable [] sizeOfShape(FileChannel shapes, int annotation) throws IOException {
    int flags = AnnotationTable.NO_SHAPE | AnnotationTable.OUTLINE;
    if (index.annotations.is(annotation, flags)) {
      return null;
    }
    try {
      return shape(shapes, annotation).size();
    } catch (IOException e) {
      throw within(annotation, e);
    }
  }

  private String note() {
    for (int annotation : annotations) {
      if (index.annotations.is(annotation, AnnotationTable.NO_SHAPE)) {
        return SHAPELESS;
      }
    }
    return "";
  }
}
