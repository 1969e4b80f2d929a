package dev.maskmap.convert.coco;

import dev.maskmap.convert.coco.JsonTokens.Extent;
import org.jspecify.annotations.Nullable;

/** What one object of a file has said so far, in whichever layout. Used by one thread. */
final class Draft {
  @Nullable String id;
  @Nullable String imageId;
  @Nullable String category;
  @Nullable String fileName;

  /** Where its shape is: polygons, or an object with run lengths. */
  @Nullable Extent shape;

  boolean crowd;

  /** It has an outline in the layout of Scalabel. */
  boolean outline;

  /** It is itself an object with run lengths. */
  boolean bareRuns;

  /** It is a segment of an image of segments. */
  boolean segment;

  int height;
  int width;

  /** Says whether it is an image of Scalabel's that has no list of labels. */
  boolean isEmptyFrame() {
    return fileName != null && id == null && imageId == null && shape == null && !bareRuns;
  }

  /** Returns what {@link AnnotationTable} keeps of it. */
  int flags() {
    int flags = crowd ? AnnotationTable.CROWD : 0;
    Extent extent = shape;
    if (segment) {
      flags |= AnnotationTable.SEGMENT;
    } else if (extent == null || extent.empty()) {
      flags |= outline ? AnnotationTable.OUTLINE : AnnotationTable.NO_SHAPE;
    }
    return flags;
  }
}
