package dev.maskmap.testing;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** What a test needs from outside: skipped with its reason on a desk, a failure in CI. */
final class Required {
  private Required() {}

  static void require(boolean present, String missing) {
    if (present) {
      return;
    }
    if (System.getenv("CI") != null) {
      Assertions.fail(missing + " (in CI nothing is skipped)");
    }
    System.out.println("skipped: " + missing);
    Assumptions.abort(missing);
  }
}
