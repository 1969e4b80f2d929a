package dev.maskmap.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.maskmap.Layout;
import dev.maskmap.testing.Javac;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/loading.md compile without a warning, and run. */
class LoadingDocTest {
  private static final Pattern PROGRAM =
      Pattern.compile("(?ms)^```java\\n(.*?public final class (\\w+).*?)^```$");

  @Test
  void theProgramsCompileAndRun(@TempDir Path folder) throws Exception {
    List<Pixels> masks = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      masks.add(Pixels.blobs(60 + i, 70, i));
    }
    Path store = Stores.write(folder.resolve("s.masks"), Layout.RUNS, masks);
    Matcher programs = PROGRAM.matcher(Files.readString(Path.of("docs/loading.md")));
    int count = 0;
    for (; programs.find(); count++) {
      Javac.compile(folder, programs.group(2), programs.group(1));
      run(folder, programs.group(2), store);
    }
    assertEquals(2, count);
  }

  private static void run(Path folder, String name, Path store) throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      Method main = loader.loadClass(name).getMethod("main", String[].class);
      main.invoke(null, (Object) new String[] {store.toString()});
    }
  }
}
