/**
 * Headers of NPY files, read and written.
 *
 * <p>The format is NumPy's own: NEP 1 and the module documentation of {@code numpy.lib.format},
 * versions 1.0, 2.0 and 3.0. Only the header is handled here; the array's bytes are the caller's.
 */
@NullMarked
package dev.maskmap.internal.npy;

import org.jspecify.annotations.NullMarked;
