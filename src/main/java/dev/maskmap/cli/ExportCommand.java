package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.convert.export.MaskExport;
import dev.maskmap.convert.export.MaskFormat;
import dev.maskmap.convert.export.MaskSelection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code maskmap export}. */
@Command(
    name = "export",
    sortOptions = false,
    description = {
      "Write masks of a store as files that other programs read.",
      "",
      "Each mask becomes DIR/NAME.EXT; a '/' in its name makes a folder. 'maskmap pack DIR' gives"
          + " the same masks under the same names again. Foreground is white in pictures, True in"
          + " arrays. All files appear at the end, or none.",
      ""
    },
    footer = {
      "",
      "Formats:",
      "  png        gray, one bit a pixel",
      "  pbm        Netpbm P4, one bit a pixel, not compressed",
      "  tiff       one bit a pixel, CCITT group 4",
      "  npy        uint8 (ceil(H/8), W): numpy.packbits(mask, axis=0); the height is not kept",
      "  npy-bool   bool (H, W)",
      "  coco-rle   one COCO instance document; -o names the file, such as masks.json",
      "",
      "Examples:",
      "  maskmap export train.masks -o pngs",
      "  maskmap export train.masks --mask scan_07 --mask 3 -o two --format tiff",
      "  maskmap export train.masks --archive masks.zip   # numpy.load('masks.zip')['scan_07']",
      "  maskmap export train.masks -o masks.npy --format npy-bool   # one array (N, H, W)",
      "  maskmap export train.masks -o masks.json --format coco-rle"
    })
final class ExportCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Mixin final StoreArgument store = new StoreArgument();

  @ArgGroup(multiplicity = "1")
  Place place = new Place();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      converter = ExportFormat.Converter.class,
      description =
          "png (default), pbm, tiff, npy, npy-bool or coco-rle: see below. With -o FILE.npy, npy"
              + " and npy-bool write one array of all masks.")
  @Nullable ExportFormat format;

  @Option(
      names = "--mask",
      paramLabel = "NAME|N",
      description =
          "Only this mask: its name, or its index from 0. Where both fit, the name. May be given"
              + " several times.")
  List<String> masks = new ArrayList<>();

  @Option(
      names = "--names",
      paramLabel = "KIND",
      description =
          "name (default): files are named after their masks. sequence: by index, such as"
              + " 000042, also where the names of masks cannot be files.")
  String names = "name";

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Threads that encode. Default: one a core. The files do not depend on it.")
  int jobs = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--overwrite",
      description =
          "Write into a folder that holds files (those of the same names are replaced, the others"
              + " stay), or replace a file.")
  boolean overwrite;

  @Option(names = "--quiet", description = "Print warnings and errors only.")
  boolean quiet;

  @Mixin final CommonOptions common = new CommonOptions();

  /** Where the masks go. */
  static final class Place {
    @Option(
        names = {"-o", "--output"},
        paramLabel = "DIR",
        required = true,
        description = "The folder to fill; made where there is none.")
    @Nullable Path output;

    @Option(
        names = "--archive",
        paramLabel = "FILE",
        required = true,
        description =
            "One zip file instead, as numpy.savez_compressed writes: a member NAME.npy for each"
                + " mask, npy-bool, or npy where --format says so.")
    @Nullable Path archive;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    ExportTarget target = target();
    boolean sequence = sequence();
    checkJobs();
    target.check(overwrite);
    try (MaskStore open = store.open()) {
      MaskSelection selection = select(open, sequence);
      long bytes = run(selection, target);
      report(target, selection.size(), bytes);
    }
    return 0;
  }

  private ExportTarget target() {
    Path zip = place.archive;
    Path output = place.output;
    if (output == null) {
      return ExportTarget.archive(Objects.requireNonNull(zip), memberFormat());
    }
    checkName(output);
    ExportFormat chosen = format == null ? new ExportFormat(MaskFormat.PNG) : format;
    return chosen.target(output);
  }

  /** A store is never written into; a name that asks for one file needs to say of which kind. */
  private void checkName(Path output) {
    if (MaskStore.isStore(output)) {
      throw new ParameterException(
          spec.commandLine(),
          "-o %s: a store, which never changes; name another folder".formatted(output));
    }
    String name = output.toString();
    if (format == null && (name.endsWith(".json") || name.endsWith(".npy"))) {
      String kind = name.endsWith(".json") ? "coco-rle" : "npy-bool or npy";
      throw new ParameterException(
          spec.commandLine(), "-o %s: give --format %s as well".formatted(output, kind));
    }
  }

  private MaskFormat memberFormat() {
    MaskFormat each = format == null ? MaskFormat.NPY_BOOL : format.each();
    if (each == null || !each.isArray()) {
      throw new ParameterException(
          spec.commandLine(), "--archive holds arrays: expected --format npy-bool or npy");
    }
    return each;
  }

  private boolean sequence() {
    if (!names.equals("name") && !names.equals("sequence")) {
      throw new ParameterException(
          spec.commandLine(), "--names '%s': expected name or sequence".formatted(names));
    }
    return names.equals("sequence");
  }

  private void checkJobs() {
    if (jobs < 1) {
      throw new ParameterException(
          spec.commandLine(), "--jobs %d: expected 1 or more".formatted(jobs));
    }
  }

  /** In the order of the options; a mask that is named twice is exported once. */
  private MaskSelection select(MaskStore open, boolean sequence) throws IOException {
    if (masks.isEmpty()) {
      return MaskSelection.all(open, sequence);
    }
    Set<Long> chosen = new LinkedHashSet<>();
    for (String mask : masks) {
      chosen.add(MaskLookup.index(open, mask));
    }
    return MaskSelection.of(open, chosen.stream().mapToLong(Long::longValue).toArray(), sequence);
  }

  private long run(MaskSelection selection, ExportTarget target)
      throws IOException, InterruptedException {
    try (ProgressLine progress =
        ProgressLine.start("exporting", "masks", selection.size(), quiet)) {
      return target.write(new MaskExport(selection, jobs, progress::to), overwrite);
    }
  }

  /** Says nothing where the output itself may be what is read. */
  private void report(ExportTarget target, int count, long bytes) {
    if (!quiet && !OutputFile.isDevice(target.path())) {
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "%s: %,d masks as %s, %s, %,d a mask%n",
              target.path(),
              count,
              target.kind(),
              ByteSize.text(bytes),
              bytes / count);
    }
  }
}
