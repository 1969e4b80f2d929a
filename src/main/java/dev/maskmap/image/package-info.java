/**
 * Images beside masks: arrays of NumPy and folders of images, in a memory map, and crops of them as
 * tensors.
 */
@NullMarked
package dev.maskmap.image;

import org.jspecify.annotations.NullMarked;
