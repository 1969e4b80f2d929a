package dev.maskmap.internal.kernel;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector width that this process runs with, as constants the JIT can fold. Loaded only after
 * {@link Kernels} has seen the Vector module.
 */
final class Lanes {
  static final VectorSpecies<Byte> BYTES;
  static final VectorSpecies<Long> LONGS;

  /** Columns that one vector holds. */
  static final int COUNT;

  static {
    int bits = Kernels.vectorBits();
    VectorShape shape = bits == 0 ? VectorShape.preferredShape() : VectorShape.forBitSize(bits);
    BYTES = ByteVector.SPECIES_PREFERRED.withShape(shape);
    LONGS = LongVector.SPECIES_PREFERRED.withShape(shape);
    COUNT = BYTES.length();
  }

  private static final VectorShuffle<Byte>[] SPREAD_1 = spread(1);
  private static final VectorShuffle<Byte>[] SPREAD_2 = spread(2);
  private static final VectorShuffle<Byte>[] SPREAD_4 = spread(4);
  private static final VectorShuffle<Byte>[] SPREAD_8 = spread(8);

  private Lanes() {}

  /** Widest vectors of this machine, in bits. */
  static int preferredBits() {
    return VectorShape.preferredShape().vectorBitSize();
  }

  /**
   * Shuffles that repeat every byte {@code elementBytes} times: the n-th takes the n-th part of the
   * columns.
   */
  static VectorShuffle<Byte>[] spreadTo(int elementBytes) {
    return switch (elementBytes) {
      case 1 -> SPREAD_1;
      case 2 -> SPREAD_2;
      case 4 -> SPREAD_4;
      default -> SPREAD_8;
    };
  }

  /** The low {@code elementBytes} bytes of {@code one}, over and over. */
  static long repeat(long one, int elementBytes) {
    long bits = one;
    for (int bytes = elementBytes; bytes < Long.BYTES; bytes *= 2) {
      bits |= bits << (8 * bytes);
    }
    return bits;
  }

  private static VectorShuffle<Byte>[] spread(int elementBytes) {
    @SuppressWarnings({"unchecked", "rawtypes"})
    VectorShuffle<Byte>[] parts = new VectorShuffle[elementBytes];
    for (int p = 0; p < elementBytes; p++) {
      int first = p * COUNT / elementBytes;
      parts[p] = VectorShuffle.fromOp(BYTES, i -> first + i / elementBytes);
    }
    return parts;
  }
}
