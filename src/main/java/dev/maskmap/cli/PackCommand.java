package dev.maskmap.cli;

import dev.maskmap.convert.ForegroundRule;
import dev.maskmap.convert.MaskFiles;
import dev.maskmap.convert.MaskImport;
import dev.maskmap.convert.pixels.MaskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code maskmap pack}. */
@Command(
    name = "pack",
    sortOptions = false,
    description = {
      "Pack mask images (PNG, GIF, BMP) of one size into a new store.",
      "",
      "Foreground is every pixel that is not 0, unless --threshold or --values says otherwise. It"
          + " ends with a table of the pixel values found and what each counted as.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  maskmap pack masks/ -o train.masks",
      "  maskmap pack 'scans/**/*_mask.png' -o scans.masks --threshold 128"
    })
final class PackCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description =
          "Image files, folders (all images below them) or quoted patterns such as 'a/**/*.png'.")
  List<String> paths = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "STORE",
      required = true,
      description = "The store to make: a folder.")
  Path store = Path.of("");

  @ArgGroup @Nullable RuleOptions rule;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Threads that decode. Default: one a core. The store does not depend on it.")
  int jobs = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--overwrite",
      description = "Replace a store of this name, once the new one is complete.")
  boolean overwrite;

  @Option(names = "--quiet", description = "Print warnings and errors only.")
  boolean quiet;

  @Mixin final CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    ForegroundRule foreground = foreground();
    if (jobs < 1) {
      throw new ParameterException(
          spec.commandLine(), "--jobs %d: expected 1 or more".formatted(jobs));
    }
    StoreFiles.checkTarget(store, overwrite);
    List<MaskFile> files = MaskFiles.resolve(paths);
    MaskImport.Summary summary = Packing.run(files, foreground, jobs, store, overwrite, quiet);
    PackReport report = new PackReport(store, foreground, summary);
    if (!quiet) {
      report.print(spec.commandLine().getOut());
    }
    if (rule == null) {
      report.warn(spec.commandLine().getErr(), paths);
    }
    return 0;
  }

  private ForegroundRule foreground() {
    RuleOptions options = rule;
    try {
      return options == null ? ForegroundRule.nonZero() : options.rule();
    } catch (IllegalArgumentException e) {
      boolean values = options != null && options.threshold == null;
      throw new ParameterException(
          spec.commandLine(), (values ? "--values: " : "--") + e.getMessage(), e);
    }
  }
}
