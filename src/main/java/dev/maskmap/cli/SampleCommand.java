package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code maskmap sample}. */
@Command(
    name = "sample",
    sortOptions = false,
    description = {
      "Draw a contact sheet of random patches, each with its mask's name and its origin.",
      ""
    },
    footer = {"", "Example:", "  maskmap sample train.masks -n 16 -o sheet.png"})
final class SampleCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Mixin final StoreArgument store = new StoreArgument();

  @Option(
      names = "-n",
      paramLabel = "N",
      description = "Patches on the sheet. Default: ${DEFAULT-VALUE}.")
  int count = 16;

  @Option(
      names = "--patch",
      paramLabel = "HxW",
      converter = Size.Converter.class,
      description = "Height and width of a patch, in pixels. Default: ${DEFAULT-VALUE}.")
  Size patch = new Size(256, 256);

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Draw other patches; the same seed draws the same. Default: ${DEFAULT-VALUE}.")
  long seed = 1;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "The sheet: a PNG.")
  Path output = Path.of("");

  @Option(names = "--overwrite", description = "Replace FILE if it exists.")
  boolean overwrite;

  @Mixin final KernelOption kernel = new KernelOption();

  @Mixin final CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws IOException {
    if (count < 1 || count > 10_000) {
      throw new ParameterException(
          spec.commandLine(), "-n %d: expected 1 to 10000 patches".formatted(count));
    }
    OutputFile.check(output, overwrite);
    kernel.choose();
    try (MaskStore open = store.open()) {
      SampleSheet.write(open, Patches.draw(open, count, patch, seed), output, overwrite);
    }
    spec.commandLine()
        .getOut()
        .println("%s: %d patches of %s pixels, seed %d".formatted(output, count, patch, seed));
    return 0;
  }
}
