/** COCO annotations: polygons, run-length encodings and panoptic images, read and written. */
@NullMarked
package dev.maskmap.convert.coco;

import org.jspecify.annotations.NullMarked;
