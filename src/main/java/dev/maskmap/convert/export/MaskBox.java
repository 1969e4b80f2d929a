package dev.maskmap.convert.export;

import dev.maskmap.convert.pixels.PackedMask;
import java.util.List;

/**
 * The smallest rectangle around a mask's foreground, in pixels; all zeros where there is none, as
 * the COCO API has it.
 */
record MaskBox(int x, int y, int width, int height) {

  static MaskBox of(PackedMask mask) {
    int top = mask.height();
    int bottom = -1;
    int left = mask.width();
    int right = -1;
    for (int from = 0, y = 0; y < mask.height(); from += mask.width(), y += 8) {
      int rows = 0;
      for (int x = 0; x < mask.width(); x++) {
        int eight = mask.rows()[from + x] & 0xFF;
        if (eight != 0) {
          rows |= eight;
          left = Math.min(left, x);
          right = Math.max(right, x);
        }
      }
      if (rows != 0) {
        // The topmost of the eight is the highest bit of the lowest byte.
        top = Math.min(top, y + Integer.numberOfLeadingZeros(rows) - 24);
        bottom = y + 7 - Integer.numberOfTrailingZeros(rows);
      }
    }
    return bottom < 0
        ? new MaskBox(0, 0, 0, 0)
        : new MaskBox(left, top, right - left + 1, bottom - top + 1);
  }

  List<Integer> toList() {
    return List.of(x, y, width, height);
  }
}
