package dev.maskmap.convert.coco;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which masks are made of an annotation file.
 *
 * @param per what one mask is of
 * @param categories names or ids of the categories that count; empty for all
 * @param crowd what becomes of regions of many objects ({@code iscrowd})
 * @param panoptic the folder of the images of segments, or null for the one beside the file that is
 *     named like it
 */
public record CocoRequest(Per per, List<String> categories, Crowd crowd, @Nullable Path panoptic) {

  /** What one mask is of. */
  public enum Per {
    /** One mask for each annotation, in the order of the file. */
    ANNOTATION,
    /** One mask for each image and each category that it has. */
    CATEGORY,
    /** One mask for each image, of all its annotations; empty where there are none. */
    IMAGE
  }

  /** What becomes of crowd regions. */
  public enum Crowd {
    /** They are foreground like others: left out, they would be background, which they are not. */
    INCLUDE,
    /** They are left out. */
    SKIP
  }

  /** Copies the list. */
  public CocoRequest {
    categories = List.copyOf(categories);
  }

  /** One mask for each image, of everything in it: what pairs with a folder of images. */
  public static CocoRequest plain() {
    return new CocoRequest(Per.IMAGE, List.of(), Crowd.INCLUDE, null);
  }
}
