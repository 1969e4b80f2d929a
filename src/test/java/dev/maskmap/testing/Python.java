package dev.maskmap.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Python with the modules that a test compares us with. */
public final class Python {
  private static final int SECONDS = 120;
  private static final Map<List<String>, Optional<Python>> FOUND = new ConcurrentHashMap<>();

  private final String command;

  private Python(String command) {
    this.command = command;
  }

  /**
   * The first of {@code $MASKMAP_PYTHON}, {@code /usr/bin/python3} and {@code python3} that imports
   * the modules; where none does, the test is skipped, or fails in CI.
   */
  public static Python require(String... modules) {
    Optional<Python> python = FOUND.computeIfAbsent(List.of(modules), Python::find);
    Required.require(
        python.isPresent(),
        "no Python with " + String.join(", ", modules) + " (MASKMAP_PYTHON names another one)");
    return python.orElseThrow();
  }

  /**
   * Runs a script and returns what it printed.
   *
   * @throws AssertionError with what it wrote to standard error, if it fails
   */
  public String run(String script, String... args) {
    try {
      Path errors = Files.createTempFile("python", ".err");
      try {
        return run(errors, script, args);
      } finally {
        Files.delete(errors);
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("cannot run " + command, e);
    }
  }

  private String run(Path errors, String script, String... args)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(command, "-c", script));
    line.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(line).redirectError(errors.toFile());
    builder.environment().put("PYTHONIOENCODING", "utf-8");
    Process process = builder.start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " did not end within " + SECONDS + " s");
    }
    if (process.exitValue() != 0) {
      throw new AssertionError(command + " failed:\n" + Files.readString(errors, UTF_8));
    }
    return printed;
  }

  private static Optional<Python> find(List<String> modules) {
    return Stream.of(System.getenv("MASKMAP_PYTHON"), "/usr/bin/python3", "python3")
        .filter(Objects::nonNull)
        .map(Python::new)
        .filter(python -> python.imports(modules))
        .findFirst();
  }

  private boolean imports(List<String> modules) {
    try {
      run("import " + String.join(", ", modules));
      return true;
    } catch (AssertionError e) {
      return false;
    }
  }
}
