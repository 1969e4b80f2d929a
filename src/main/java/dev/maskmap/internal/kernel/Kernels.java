package dev.maskmap.internal.kernel;

import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.lang.module.ModuleFinder;

/**
 * The choice of the kernel, made once a process.
 *
 * <p>The system property {@value #PROPERTY} forces {@code scalar}, {@code 128}, {@code 256} or
 * {@code 512} (bits of a vector); a forced choice that this process cannot have is an error.
 * Without it the widest vectors of the machine are used, or scalar code where the module {@code
 * jdk.incubator.vector} is absent, which is logged once with the flag that mends it.
 */
public final class Kernels {
  /** Forces a kernel. */
  public static final String PROPERTY = "maskmap.kernel";

  private static final String MODULE = "jdk.incubator.vector";
  private static final String FLAG = "--add-modules " + MODULE;

  private Kernels() {}

  /** The kernel of this process. */
  public static Kernel get() {
    return Chosen.KERNEL;
  }

  /**
   * The first column at or after {@code x} whose pixel is set in one pixel row, or -1.
   *
   * @param from the byte of the packed row's first column
   * @param bit the pixel row's place in its packed row, 0 to 7
   */
  public static int nextSet(MemorySegment map, long from, int bit, int x, int width) {
    return ScalarKernel.nextSet(map, from, bit, x, width);
  }

  /**
   * The n-th foreground pixel of one packed row, column by column, from the top of each.
   *
   * @param width columns, from the first byte on
   * @param height pixel rows of the packed row, 1 to 8; bits below them do not count
   * @param n counted from 0
   * @return {@code 8 * column + pixel row}, or, where the row has no more than n, {@code ~} their
   *     number
   */
  public static long select(byte[] packed, int width, int height, long n) {
    return ScalarKernel.select(packed, width, height, n);
  }

  /** Counts the bits set in part of an array of packed bytes. */
  public static long count(byte[] packed, int from, int bytes) {
    return ScalarKernel.count(packed, from, bytes);
  }

  /** Whether the Vector module is in the running image's boot layer. */
  public static boolean hasVectorModule() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  /** Whether this Java has the Vector module, loaded or not. */
  public static boolean isVectorModuleInstalled() {
    return ModuleFinder.ofSystem().find(MODULE).isPresent();
  }

  /** The forced vector width in bits, or 0 for the machine's own. */
  static int vectorBits() {
    String forced = System.getProperty(PROPERTY, "");
    return forced.isEmpty() || forced.equals("scalar") ? 0 : Integer.parseInt(forced);
  }

  private static final class Chosen {
    static final Kernel KERNEL = choose(System.getProperty(PROPERTY, ""));
  }

  private static Kernel choose(String forced) {
    return switch (forced) {
      case "scalar" -> ScalarKernel.INSTANCE;
      case "" -> hasVectorModule() ? new VectorKernel() : fallBack();
      case "128", "256", "512" -> vector(Integer.parseInt(forced));
      default ->
          throw new IllegalStateException(
              "-D%s=%s: expected scalar, 128, 256 or 512".formatted(PROPERTY, forced));
    };
  }

  private static Kernel fallBack() {
    System.getLogger("dev.maskmap")
        .log(
            Level.WARNING,
            "maskmap runs its scalar kernel, several times slower than it could: start java with "
                + FLAG);
    return ScalarKernel.INSTANCE;
  }

  private static Kernel vector(int bits) {
    if (!hasVectorModule()) {
      throw new IllegalStateException(
          "-D%s=%d needs the Vector module: start java with %s".formatted(PROPERTY, bits, FLAG));
    }
    if (bits > Lanes.preferredBits()) {
      throw new IllegalStateException(
          "-D%s=%d: the vectors of this machine have %d bits at most"
              .formatted(PROPERTY, bits, Lanes.preferredBits()));
    }
    return new VectorKernel();
  }
}
