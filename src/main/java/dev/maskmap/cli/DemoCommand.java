package dev.maskmap.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code maskmap demo}. */
@Command(
    name = "demo",
    sortOptions = false,
    description = {
      "See it all in half a minute: draw full-HD masks, pack them, check random patches against a"
          + " naive loop, measure, and draw a contact sheet.",
      ""
    })
final class DemoCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where to put it all: a new or empty folder. Default: a new temporary folder.")
  @Nullable Path folder;

  @Option(
      names = "--masks",
      paramLabel = "N",
      description = "Masks to draw. Default: ${DEFAULT-VALUE}.")
  int masks = 36;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "How long to measure. Default: ${DEFAULT-VALUE}.")
  double seconds = 3;

  @Mixin final KernelOption kernel = new KernelOption();

  @Mixin final CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    if (masks < 1 || masks > 10_000 || !(seconds > 0 && seconds <= 3600)) {
      throw new ParameterException(
          spec.commandLine(), "expected --masks 1 to 10000, --seconds more than 0, up to 3600");
    }
    String running = kernel.choose();
    Path home = home();
    Demo demo = new Demo(home, masks, seconds, running, spec.commandLine().getOut());
    boolean done = false;
    try {
      demo.run();
      done = true;
    } finally {
      if (!done) {
        demo.remove();
      }
    }
    return 0;
  }

  private Path home() throws IOException {
    Path given = folder;
    if (given == null) {
      return Files.createTempDirectory("maskmap-demo-");
    }
    if (Files.exists(given) && !isEmptyFolder(given)) {
      throw new IOException(given + ": exists and is not an empty folder");
    }
    return Files.createDirectories(given);
  }

  private static boolean isEmptyFolder(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (var entries = Files.list(path)) {
      return entries.findAny().isEmpty();
    }
  }
}
