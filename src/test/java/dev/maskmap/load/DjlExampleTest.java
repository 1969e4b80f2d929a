package dev.maskmap.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.testing.Javac;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example for DJL fits maskmap as it is. DJL itself is not here: what the example uses of it
 * has stand-ins in src/test/djl, which compute nothing.
 */
class DjlExampleTest {
  private static final Path EXAMPLE = Path.of("docs/examples/djl");
  private static final Path SOURCE = EXAMPLE.resolve("src/main/java/DjlTraining.java");
  private static final Pattern VERSION =
      Pattern.compile("<artifactId>maskmap</artifactId>\\s*<version>([^<]+)</version>");

  @Test
  void theExampleCompilesAndGoesThroughItsEpochs(@TempDir Path folder) throws Exception {
    List<Pixels> masks = IntStream.range(0, 5).mapToObj(i -> Pixels.blobs(64 + i, 70, i)).toList();
    Path store = Stores.writeAny(folder.resolve("s.masks"), masks);
    Javac.compile(folder, SOURCE, Path.of("src/test/djl"));
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      // It ends with an error where the array does not show what is written into the batch.
      loader
          .loadClass("DjlTraining")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[] {store.toString()});
    }
  }

  @Test
  void theExampleTakesThisVersionOfMaskmap() throws IOException {
    assertEquals(version(Path.of("pom.xml")), version(EXAMPLE.resolve("pom.xml")));
  }

  @Test
  void theLinesOnThePageAreThoseOfTheExample() throws IOException {
    String page = Files.readString(Path.of("docs/loading.md"));
    String section = page.substring(page.indexOf("\n## DJL\n"));
    Matcher blocks = Pattern.compile("(?ms)^```java\\n(.*?)^```$").matcher(section);
    List<String> example = lines(Files.readString(SOURCE));
    for (int i = 0; i < 2; i++) {
      assertTrue(blocks.find());
      List<String> shown = lines(blocks.group(1));
      assertTrue(Collections.indexOfSubList(example, shown) >= 0, () -> "not so there: " + shown);
    }
  }

  private static String version(Path pom) throws IOException {
    Matcher version = VERSION.matcher(Files.readString(pom));
    assertTrue(version.find(), () -> "no version of maskmap in " + pom);
    return version.group(1);
  }

  private static List<String> lines(String text) {
    return Stream.of(text.split("\n")).map(String::strip).filter(line -> !line.isEmpty()).toList();
  }
}
