package dev.maskmap.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.maskmap.MaskStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;

/** Compiles programs of the documents, which may not even have a warning. */
public final class Javac {
  private Javac() {}

  /** Compiles a class against the library alone, into the folder. */
  public static void compile(Path folder, String name, String program)
      throws IOException, URISyntaxException {
    compile(folder, Files.writeString(folder.resolve(name + ".java"), program), folder);
  }

  /** Compiles a file, which may need classes whose sources are in another folder, into a folder. */
  public static void compile(Path folder, Path source, Path others) throws URISyntaxException {
    Path classes =
        Path.of(MaskStore.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    StringWriter printed = new StringWriter();
    int failed =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                new PrintWriter(printed),
                new PrintWriter(printed),
                "--release",
                "22",
                "-Xlint:all",
                "-Werror",
                "-proc:none",
                "-cp",
                classes.toString(),
                "-sourcepath",
                others.toString(),
                "-d",
                folder.toString(),
                source.toString());
    assertEquals(0, failed, printed::toString);
  }
}
