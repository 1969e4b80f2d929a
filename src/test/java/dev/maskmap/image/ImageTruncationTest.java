package dev.maskmap.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.maskmap.testing.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file cut short under the map is an exception that names it, interpreted and compiled. */
@Tag("once")
class ImageTruncationTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "-Xint, 2, 0",
    "-XX:TieredStopAtLevel=1, 5, 3000",
    "-XX:+TieredCompilation, 20, 20000",
    "-XX:-TieredCompilation, 20, 20000"
  })
  void aReadOfACutFileThrowsAndTheProcessLives(String compiler, int rounds, int warmUp) {
    List<String> flags = List.of(compiler, "-XX:ErrorFile=" + folder.resolve("hs_err.log"));
    ChildJvm.Result result =
        ChildJvm.run(
            flags,
            ImageTruncationMain.class,
            folder.toString(),
            Integer.toString(rounds),
            Integer.toString(warmUp));
    assertEquals(0, result.exit(), result::all);
    assertEquals("caught " + 40 * rounds, result.out().strip(), result::all);
  }
}
