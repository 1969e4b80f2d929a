/**
 * The loops over bits: expanding packed rows to pixels, packing pixels to bits, counting.
 *
 * <p>The only package that names {@code jdk.incubator.vector}. Kernels know element sizes and bit
 * patterns; they trust their caller to have checked every range, and still run on checked segments.
 */
@NullMarked
package dev.maskmap.internal.kernel;

import org.jspecify.annotations.NullMarked;
