package dev.maskmap.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another JVM, for what depends on the flags that a process starts with, or may end it. */
public final class ChildJvm {
  public static final List<String> VECTOR = List.of("--add-modules", "jdk.incubator.vector");

  private static final int SECONDS = 180;

  private ChildJvm() {}

  /**
   * How a child ended.
   *
   * @param exit 128 and more: killed by a signal, on the systems that tell
   */
  public record Result(int exit, String out, String err) {
    /** Both streams, for the message of a failed assertion. */
    public String all() {
      return "exit %d%nout: %s%nerr: %s".formatted(exit, out, err);
    }
  }

  /** Runs {@code main}, which needs no more than the JDK, our classes and our test classes. */
  public static Result run(List<String> flags, Class<?> main, String... args) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(flags);
    line.add("-XX:-CreateCoredumpOnCrash");
    line.add("-cp");
    line.add(String.join(System.getProperty("path.separator"), classes(), testClasses()));
    line.add(main.getName());
    line.addAll(List.of(args));
    try {
      return run(line);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("cannot run " + line, e);
    }
  }

  private static Result run(List<String> line) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("child");
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().remove("JDK_JAVA_OPTIONS");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError(line + " did not end within " + SECONDS + " s");
    }
    Result result =
        new Result(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    Files.delete(out);
    Files.delete(err);
    Files.delete(folder);
    return result;
  }

  private static String classes() {
    return folder("classes");
  }

  private static String testClasses() {
    return folder("test-classes");
  }

  private static String folder(String name) {
    Path folder = Path.of("target", name).toAbsolutePath();
    if (!Files.isDirectory(folder)) {
      throw new AssertionError("no " + folder + ": tests run in the project's own folder");
    }
    return folder.toString();
  }
}
