/** Imports and exports: which inputs there are, what counts as foreground, and where masks go. */
@NullMarked
package dev.maskmap.convert;

import org.jspecify.annotations.NullMarked;
