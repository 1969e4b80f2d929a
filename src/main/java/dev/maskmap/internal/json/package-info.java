/**
 * Our own small JSON documents (RFC 8259), read strictly and written on one line.
 *
 * <p>For what maskmap itself writes: at most 1 MiB and 32 levels. Foreign documents, which may be
 * large or sloppy, are not for this package.
 */
@NullMarked
package dev.maskmap.internal.json;

import org.jspecify.annotations.NullMarked;
