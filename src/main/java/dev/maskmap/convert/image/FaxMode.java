package dev.maskmap.convert.image;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How the next change of colour in a row is coded by those of the row above (ITU-T T.6, table 1).
 */
enum FaxMode {
  /** The run goes on below the next run above. */
  PASS(0b0001, 4, 0),
  /** Two runs by their lengths. */
  HORIZONTAL(0b001, 3, 0),
  LEFT_3(0b0000010, 7, -3),
  LEFT_2(0b000010, 6, -2),
  LEFT_1(0b010, 3, -1),
  BELOW(0b1, 1, 0),
  RIGHT_1(0b011, 3, 1),
  RIGHT_2(0b000011, 6, 2),
  RIGHT_3(0b0000011, 7, 3);

  /** The longest code, in bits. */
  static final int MAX_BITS = 7;

  private static final @Nullable FaxMode[] BY_PREFIX = byPrefix();

  final int code;
  final int bits;

  /** Pixels from the change above to this one, where the mode says no more. */
  final int shift;

  FaxMode(int code, int bits, int shift) {
    this.code = code;
    this.bits = bits;
    this.shift = shift;
  }

  /** The mode for a change that is {@code shift} pixels, -3 to 3, right of the one above. */
  static FaxMode vertical(int shift) {
    return switch (shift) {
      case -3 -> LEFT_3;
      case -2 -> LEFT_2;
      case -1 -> LEFT_1;
      case 0 -> BELOW;
      case 1 -> RIGHT_1;
      case 2 -> RIGHT_2;
      default -> RIGHT_3;
    };
  }

  /** The mode that {@code next}, {@link #MAX_BITS} bits, begins with, or null. */
  static @Nullable FaxMode find(int next) {
    return BY_PREFIX[next];
  }

  private static @Nullable FaxMode[] byPrefix() {
    @Nullable FaxMode[] table = new FaxMode[1 << MAX_BITS];
    for (FaxMode mode : values()) {
      int rest = MAX_BITS - mode.bits;
      Arrays.fill(table, mode.code << rest, (mode.code + 1) << rest, mode);
    }
    return table;
  }
}
