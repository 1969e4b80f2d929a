/** Arrays of pixels or packed bits: NPY files, the members of NPZ archives, headerless files. */
@NullMarked
package dev.maskmap.convert.array;

import org.jspecify.annotations.NullMarked;
