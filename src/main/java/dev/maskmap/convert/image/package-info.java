/**
 * Image files: told by content, checked for completeness, decoded to the values that they store.
 */
@NullMarked
package dev.maskmap.convert.image;

import org.jspecify.annotations.NullMarked;
