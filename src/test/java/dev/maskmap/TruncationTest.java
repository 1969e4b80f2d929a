package dev.maskmap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.maskmap.internal.kernel.Kernels;
import dev.maskmap.testing.ChildJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A file cut short under the map is an exception that names the store, under every kernel,
 * interpreted and compiled. HotSpot ends the process where compiled code loads a vector and holds
 * no scalar access to the map, so each case runs in a process of its own.
 */
@Tag("once")
class TruncationTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "scalar, -Xint, 30, 0",
    "128, -Xint, 3, 0",
    "256, -Xint, 3, 0",
    "512, -Xint, 3, 0",
    "scalar, -XX:TieredStopAtLevel=1, 60, 3000",
    "128, -XX:TieredStopAtLevel=1, 8, 100",
    "256, -XX:TieredStopAtLevel=1, 8, 100",
    "512, -XX:TieredStopAtLevel=1, 8, 100",
    "scalar, -XX:+TieredCompilation, 80, 20000",
    "128, -XX:+TieredCompilation, 80, 20000",
    "256, -XX:+TieredCompilation, 80, 20000",
    "512, -XX:+TieredCompilation, 80, 20000",
    "scalar, -XX:-TieredCompilation, 80, 20000",
    "256, -XX:-TieredCompilation, 80, 20000",
    "256, -XX:+TieredCompilation, 80, 0"
  })
  void aReadOfACutFileThrowsAndTheProcessLives(
      String kernel, String compiler, int rounds, int warmUp) {
    List<String> flags = new ArrayList<>(ChildJvm.VECTOR);
    if (!kernel.equals("scalar")) {
      Assumptions.assumeTrue(Kernels.hasVectorModule());
      Assumptions.assumeTrue(widestVector() >= Integer.parseInt(kernel), "no such vectors here");
      // With hints, that is: those on scalar code show that none are needed.
      flags.add("--enable-native-access=ALL-UNNAMED");
    }
    flags.add("-Dmaskmap.kernel=" + kernel);
    flags.add(compiler);
    flags.add("-XX:ErrorFile=" + folder.resolve("hs_err.log"));
    ChildJvm.Result result =
        ChildJvm.run(
            flags,
            TruncationMain.class,
            folder.toString(),
            Integer.toString(rounds),
            Integer.toString(warmUp));
    List<String> lines = result.out().lines().toList();
    assertEquals(0, result.exit(), () -> "died at: " + lines.getLast() + "\n" + result.err());
    List<String> wrong = lines.stream().filter(TruncationTest::isWrong).toList();
    assertEquals(List.of(), wrong);
    long kinds = lines.stream().filter(line -> line.startsWith("caught " + rounds + " ")).count();
    assertEquals(TruncationMain.kinds(), kinds, result::all);
  }

  private static boolean isWrong(String line) {
    return !TruncationMain.isProgress(line)
        && !line.startsWith("caught ")
        && !line.startsWith("kernel ");
  }

  private static int widestVector() {
    return Kernels.get().name().startsWith("vector ")
        ? Integer.parseInt(Kernels.get().name().substring("vector ".length()))
        : 0;
  }
}
