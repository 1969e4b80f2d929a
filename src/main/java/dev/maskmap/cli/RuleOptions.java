package dev.maskmap.cli;

import dev.maskmap.convert.ForegroundRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which pixels are foreground: one of the two, or neither. */
final class RuleOptions {
  @Option(
      names = "--threshold",
      paramLabel = "T",
      required = true,
      description =
          "Foreground is every pixel of value T or more; of a colour, its largest channel counts.")
  @Nullable Integer threshold;

  @Option(
      names = "--values",
      paramLabel = "V",
      split = ",",
      required = true,
      description =
          "Foreground is exactly these gray values or palette indexes, such as 1 or 1,2,7.")
  List<Integer> values = new ArrayList<>();

  /**
   * Returns the rule that the options stand for.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  ForegroundRule rule() {
    Integer least = threshold;
    return least != null ? ForegroundRule.threshold(least) : ForegroundRule.values(values);
  }
}
