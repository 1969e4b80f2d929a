package dev.maskmap.cli;

import dev.maskmap.convert.ForegroundRule;
import dev.maskmap.convert.ImportOptions;
import dev.maskmap.convert.ImportSummary;
import dev.maskmap.convert.Inputs;
import dev.maskmap.convert.Labels;
import dev.maskmap.convert.MaskFiles;
import dev.maskmap.convert.MaskInput;
import dev.maskmap.convert.RuleImport;
import dev.maskmap.convert.pixels.MaskFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    customSynopsis = "maskmap pack PATH... -o STORE [OPTIONS]",
    description = {
      "Pack masks into a new store: images, arrays, COCO annotations, other stores. What a file is,"
          + " is told by its content. Sizes may differ.",
      "",
      "It ends with a table of the pixel values found and what each counted as.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  maskmap pack masks/ -o train.masks",
      "  maskmap pack 'scans/**/*_mask.png' -o scans.masks --threshold 128",
      "  maskmap pack masks.npz annotations.json -o mixed.masks",
      "  maskmap pack voc/ -o 'voc.{label}.masks' --split-labels --ignore 255",
      "  maskmap pack new/ -o train.data --append          # a data set that grows",
      "  maskmap pack fixed/ -o train.masks --replace      # masks of the same names",
      "  maskmap pack old.masks new/ -o all.masks          # merge"
    })
final class PackCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description =
          "Files, folders (all images and arrays below them), stores, or quoted patterns such as"
              + " 'a/**/*.png'.")
  List<String> paths = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "STORE",
      required = true,
      description = "The store to make: a folder.")
  Path store = Path.of("");

  @Option(
      names = "--layout",
      paramLabel = "LAYOUT",
      converter = LayoutConverter.class,
      description =
          "bits (default): plain, numpy maps it as it is. runs: runs of equal bytes, far smaller"
              + " and faster for masks of things. auto: runs where they are under a quarter of the"
              + " bytes, else bits. `maskmap convert` goes from one to the other. With --append the"
              + " default is what the last part has.")
  @Nullable LayoutChoice layout;

  @Option(
      names = "--keep-going",
      description =
          "Leave out what cannot be read, list it with its reason at the end, and exit with 1.")
  boolean keepGoing;

  @Option(
      names = "--dry-run",
      description = "Read everything, say what would be written, write nothing.")
  boolean dryRun;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Threads that read. Default: one a core. The store does not depend on it.")
  int jobs = Runtime.getRuntime().availableProcessors();

  @Option(names = "--quiet", description = "Print warnings and errors only.")
  boolean quiet;

  @Mixin final CommonOptions common = new CommonOptions();

  @ArgGroup(heading = "%nForeground is every pixel that is not 0, or one of these:%n", order = 1)
  @Nullable RuleOptions rule;

  @ArgGroup(heading = "%nIf the store exists, it is an error, or one of these:%n", order = 2)
  TargetOptions target = new TargetOptions();

  @ArgGroup(validate = false, heading = "%nNames:%n", order = 3)
  NameOptions names = new NameOptions();

  @ArgGroup(validate = false, heading = "%nLabel maps:%n", order = 4)
  LabelOptions labels = new LabelOptions();

  @ArgGroup(validate = false, heading = "%nArrays:%n", order = 5)
  ArrayOptions arrays = new ArrayOptions();

  @ArgGroup(validate = false, heading = "%nAnnotations:%n", order = 6)
  CocoOptions coco = new CocoOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    // A group does not get it by itself.
    arrays.spec = spec;
    checkUsage();
    ForegroundRule foreground = foreground();
    Inputs inputs = new Inputs(foreground.channel(), arrays.format(), coco.request());
    PackTarget place = new PackTarget(store, target.mode());
    if (!labels.split) {
      place.check();
    }
    List<MaskFile> files = MaskFiles.resolve(paths);
    if (!keepGoing) {
      MaskFiles.checkNames(files, names.naming);
    }
    ImportOptions options =
        new ImportOptions(jobs, keepGoing, names.naming, names.shard, place.names());
    return labels.split
        ? split(inputs.of(files), options)
        : pack(inputs.of(files), options, foreground, place);
  }

  private int pack(
      List<MaskInput> inputs, ImportOptions options, ForegroundRule foreground, PackTarget place)
      throws IOException, InterruptedException {
    RuleImport.Result result;
    try (StoreOutput output =
            dryRun
                ? StoreOutput.none(store, place.mode())
                : StoreOutput.open(store, place.mode(), layout);
        PackProgress progress = progress()) {
      result = Packing.run(inputs, foreground, options, output, progress);
    }
    if (result.summary().masks() > 0) {
      PackReport report = new PackReport(place, foreground, result, dryRun);
      if (!quiet) {
        report.print(spec.commandLine().getOut());
      }
      warn(report);
    }
    return ending(result.summary());
  }

  private void warn(PackReport report) {
    RuleOptions given = rule;
    if (given == null) {
      report.warn(err());
    } else {
      report.warnOfUnused(err(), given.option());
      report.warnOfNothing(err(), given.option());
    }
  }

  private int split(List<MaskInput> inputs, ImportOptions options)
      throws IOException, InterruptedException {
    Labels wanted = wantedLabels();
    try (LabelStores stores = new LabelStores(store, target.mode(), layout, dryRun, wanted);
        PackProgress progress = progress()) {
      ImportSummary summary = Packing.split(inputs, wanted, options, stores, progress);
      if (summary.masks() > 0 && !quiet) {
        new SplitReport(store, summary, stores, dryRun).print(spec.commandLine().getOut());
      }
      LabelStores.One valid = stores.stores().get(Labels.VALID);
      if (valid != null && summary.masks() > 0 && valid.pixels == summary.sizes().pixels()) {
        err().println("maskmap: warning: no pixel has an id of --ignore; was it a colour?");
      }
      return ending(summary);
    }
  }

  private PackProgress progress() {
    return PackProgress.start("packing", quiet, err());
  }

  /** Says what was left out, and returns the exit code. */
  private int ending(ImportSummary summary) {
    PrintWriter err = err();
    summary.notes().forEach(note -> err.println("maskmap: warning: " + note));
    summary.failures().forEach(failure -> err.println("maskmap: left out: " + failure));
    if (summary.failed() > 0) {
      err.printf(
          Locale.ROOT,
          "maskmap: %,d could not be read and %s left out of %s%n",
          summary.failed(),
          summary.failed() == 1 ? "was" : "were",
          store);
    }
    if (summary.masks() == 0) {
      String share = names.shard.count() == 1 ? "" : " in shard " + names.shard;
      err.println("maskmap: no mask to pack" + share + "; nothing was written");
    }
    err.flush();
    return summary.failed() > 0 || summary.masks() == 0 ? 1 : 0;
  }

  private void checkUsage() {
    check(jobs >= 1, "--jobs %d: expected 1 or more".formatted(jobs));
    check(
        layout == null || !target.replace,
        "--replace keeps the layout that the store has; give no --layout");
    check(!labels.needSplit(), "--labels and --ignore need --split-labels");
    boolean placed = store.toString().contains(LabelStores.PLACE);
    if (labels.split) {
      check(rule == null, "--split-labels takes every id, and a rule chooses: give one of the two");
      check(placed, "--split-labels needs {label} in the name: -o 'train.{label}.masks'");
      check(
          !target.append && !target.replace,
          "--split-labels makes new stores; --append and --replace do not go with it");
    } else {
      check(!placed, "{label} in the name of the store needs --split-labels");
    }
  }

  private void check(boolean sound, String message) {
    if (!sound) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  private ForegroundRule foreground() {
    RuleOptions options = rule;
    try {
      return options == null ? ForegroundRule.nonZero() : options.rule();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private Labels wantedLabels() throws IOException {
    try {
      return labels.labels();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--ignore: " + e.getMessage(), e);
    }
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
