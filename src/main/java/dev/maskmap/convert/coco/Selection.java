package dev.maskmap.convert.coco;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Which annotations are foreground. Immutable. */
final class Selection {
  private final AnnotationTable annotations;
  private final @Nullable BitSet categories;
  private final boolean crowd;

  /**
   * The annotations that {@code request} asks for.
   *
   * @throws IOException if the file has none of a category asked for
   */
  Selection(CocoIndex index, CocoRequest request) throws IOException {
    this.annotations = index.annotations;
    this.categories =
        request.categories().isEmpty() ? null : index.categories.select(request.categories());
    this.crowd = request.crowd() == CocoRequest.Crowd.INCLUDE;
  }

  /** Says whether an annotation is foreground. */
  boolean has(int annotation) {
    int category = annotations.category(annotation);
    return (categories == null || (category >= 0 && categories.get(category)))
        && (crowd || !annotations.is(annotation, AnnotationTable.CROWD));
  }

  /** Returns the annotations of one image that are foreground. */
  int[] of(int image) {
    return Arrays.stream(annotations.of(image)).filter(this::has).toArray();
  }
}
