/** From image files to masks: finding the files, decoding them, and what counts as foreground. */
@NullMarked
package dev.maskmap.convert;

import org.jspecify.annotations.NullMarked;
