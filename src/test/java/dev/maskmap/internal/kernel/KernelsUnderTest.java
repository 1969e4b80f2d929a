package dev.maskmap.internal.kernel;

import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The kernels that this process can have. */
final class KernelsUnderTest {
  private KernelsUnderTest() {}

  static List<Kernel> all() {
    return Kernels.hasVectorModule()
        ? List.of(ScalarKernel.INSTANCE, vector())
        : List.of(ScalarKernel.INSTANCE);
  }

  /**
   * The vector kernel. Where the module is absent the test is skipped with its reason; in CI it
   * fails, except on the class path, where the suite runs once without flags on purpose.
   */
  static Kernel vector() {
    if (!Kernels.hasVectorModule()) {
      String reason = "no module jdk.incubator.vector in this process: nothing to compare";
      if (System.getenv("CI") != null && Kernels.class.getModule().isNamed()) {
        Assertions.fail(reason + " (in CI the run on the module path must have it)");
      }
      System.out.println("skipped: " + reason);
      Assumptions.abort(reason);
    }
    return new VectorKernel();
  }
}
