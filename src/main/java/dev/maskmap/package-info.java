/** The store, the mask and the patch. */
@NullMarked
package dev.maskmap;

import org.jspecify.annotations.NullMarked;
