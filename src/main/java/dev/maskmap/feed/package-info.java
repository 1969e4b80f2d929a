/** A loader as a process of its own, for a client in another language: docs/feed.md. */
@NullMarked
package dev.maskmap.feed;

import org.jspecify.annotations.NullMarked;
