package dev.maskmap.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.testing.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The choice of the kernel, each in a process of its own. */
@Tag("once")
class KernelsTest {
  @Test
  void scalarCanBeForced() {
    assertEquals("scalar", choice(true, "scalar").out().strip());
    assertEquals("scalar", choice(false, "scalar").out().strip());
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void aWidthWorksWhereTheMachineHasItAndIsRefusedWhereNot(int bits) {
    KernelsUnderTest.vector();
    int widest = Lanes.preferredBits();
    String expected =
        bits <= widest
            ? "vector " + bits
            : "refused: -Dmaskmap.kernel=%d: the vectors of this machine have %d bits at most"
                .formatted(bits, widest);
    assertEquals(expected, choice(true, Integer.toString(bits)).out().strip());
  }

  @Test
  void theWidestVectorsRunUnlessForced() {
    KernelsUnderTest.vector();
    assertEquals("vector " + Lanes.preferredBits(), choice(true, "").out().strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"64", "1024", "fast", "Scalar", "256 ", "-1", "0"})
  void anyOtherChoiceIsRefusedWithThoseThatExist(String forced) {
    assertEquals(
        "refused: -Dmaskmap.kernel=" + forced + ": expected scalar, 128, 256 or 512",
        choice(true, forced).out().strip());
  }

  @Test
  void aForcedWidthWithoutTheModuleIsRefusedWithTheFlag() {
    assertEquals(
        "refused: -Dmaskmap.kernel=256 needs the Vector module:"
            + " start java with --add-modules jdk.incubator.vector",
        choice(false, "256").out().strip());
  }

  @Test
  void withoutTheModuleScalarCodeRunsAndOneLineNamesTheFlag() {
    ChildJvm.Result result = choice(false, "");
    assertEquals("scalar", result.out().strip());
    List<String> naming =
        result.err().lines().filter(line -> line.contains("--add-modules")).toList();
    assertEquals(1, naming.size(), result.all());
    assertTrue(naming.getFirst().contains("--add-modules jdk.incubator.vector"), result.all());
  }

  @Test
  void aForcedScalarKernelIsNotComplainedAbout() {
    assertEquals("", choice(false, "scalar").err());
  }

  private static ChildJvm.Result choice(boolean module, String forced) {
    List<String> flags = new ArrayList<>(module ? ChildJvm.VECTOR : List.of());
    if (!forced.isEmpty()) {
      flags.add("-Dmaskmap.kernel=" + forced);
    }
    ChildJvm.Result result = ChildJvm.run(flags, KernelChoiceMain.class);
    assertEquals(0, result.exit(), result::all);
    return result;
  }
}
