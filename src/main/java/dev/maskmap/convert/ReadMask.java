package dev.maskmap.convert;

import java.util.List;

/** What a worker has made of one item, on its way to the sink. */
public interface ReadMask {
  /** Rows of pixels, at least 1. */
  int height();

  /** Pixels in a row, at least 1. */
  int width();

  /** What the user should know about it, each in words that fit many masks. */
  List<String> notes();

  /** Bytes of memory that it takes, about. */
  long heldBytes();
}
