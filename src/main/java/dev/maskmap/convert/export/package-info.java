/** Masks of a store to image files, arrays, archives and annotations. */
@NullMarked
package dev.maskmap.convert.export;

import org.jspecify.annotations.NullMarked;
