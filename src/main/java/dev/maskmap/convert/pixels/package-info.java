/**
 * What every input is turned into: decoded pixels, packed masks, and the sources that give them.
 */
@NullMarked
package dev.maskmap.convert.pixels;

import org.jspecify.annotations.NullMarked;
