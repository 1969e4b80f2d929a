package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.cli.draw.Pictures;
import dev.maskmap.cli.draw.Rename;
import dev.maskmap.sample.Sampler;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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
      "Draw a contact sheet of random patches or whole masks, alone or as contours over their"
          + " images; or show what a sampler draws, as a sheet, a list or a heat map.",
      "",
      "Below each: the mask's name, its index, the share of foreground, and where the patch is."
          + " A patch ends where a mask that is smaller ends.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  maskmap sample train.masks -n 16 -o sheet.png",
      "  maskmap sample train.masks --emptiest 25 -o suspects.png",
      "  maskmap sample train.masks --images train/ --rename _mask=_image -o pairs.png",
      "  maskmap sample train.masks --sampler foreground=0.33 -o drawn.png --heatmap heat.png",
      "  maskmap sample train.masks --sampler uniform,at-least=5%% --only fold.txt -o drawn.csv"
    })
final class SampleCommand implements Callable<Integer> {
  private static final Size PATCH = new Size(256, 256);
  private static final int MAX_TILES = 10_000;

  @Spec CommandSpec spec = CommandSpec.create();

  @Mixin final StoreArgument store = new StoreArgument();

  @ArgGroup @Nullable SampleChoice choice;

  @Option(
      names = "-n",
      paramLabel = "N",
      description = "Patches on the sheet, or whole masks without a choice of them. Default: 16.")
  int count = 16;

  @Option(
      names = {"--patch", "--size"},
      paramLabel = "HxW",
      converter = Size.Converter.class,
      description = "Height and width of a patch, in pixels. Default: 256x256.")
  @Nullable Size patch;

  @Option(names = "--whole", description = "Show whole masks, each once, instead of patches.")
  boolean whole;

  @Option(
      names = "--with-foreground",
      description =
          "Only masks and patches that hold foreground: a patch is drawn up to 100 times, then laid"
              + " over a foreground pixel.")
  boolean withForeground;

  @Option(
      names = "--images",
      paramLabel = "DIR|NPY",
      description =
          "Draw contours over these images: files of a folder named as the masks (PNG, JPEG, TIFF,"
              + " BMP, GIF), or a .npy of uint8 in the masks' order, (N,H,W) or (N,H,W,3).")
  @Nullable Path images;

  @Option(
      names = "--rename",
      paramLabel = "FROM=TO",
      converter = RenameConverter.class,
      description =
          "With --images: the image of a mask has TO in its name where the mask has FROM, such as"
              + " _mask=_image or _mask=.")
  Rename rename = Rename.NONE;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Draw other patches; the same seed draws the same. Default: ${DEFAULT-VALUE}.")
  long seed = 1;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The sheet: a PNG. Named .csv: a list of the patches that a sampler draws.")
  @Nullable Path output;

  @Option(names = "--overwrite", description = "Replace FILE if it exists.")
  boolean overwrite;

  @ArgGroup(validate = false, heading = "%nPatches as a training's sampler draws them:%n")
  SamplerOptions patches = new SamplerOptions();

  @ArgGroup(validate = false, heading = "%nOf these patches:%n")
  DrawOptions draw = new DrawOptions();

  @Mixin final KernelOption kernel = new KernelOption();

  @Mixin final CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws IOException {
    require(
        output != null || draw.heatmap != null,
        "nothing to write: give -o sheet.png, -o list.csv or --heatmap heat.png");
    require(!whole || patch == null, "--whole and --patch exclude each other");
    require(
        isPicture(output) || isList(),
        "-o %s: a sheet is a PNG, a list a CSV; name it .png or .csv".formatted(output));
    require(isPicture(draw.heatmap), "--heatmap %s: a PNG; name it .png".formatted(draw.heatmap));
    require(rename.equals(Rename.NONE) || images != null, "--rename needs --images");
    boolean drawn = patches.isGiven() || draw.isGiven() || isList();
    return drawn ? callDrawn() : callShown();
  }

  private static boolean isPicture(@Nullable Path file) {
    return file == null
        || !file.toString().matches("(?i).*\\.(jpe?g|gif|bmp|tiff?|webp|npy|pdf|csv|tsv|txt|json)");
  }

  private boolean isList() {
    return output != null && output.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
  }

  /** Shows masks to somebody who looks for what is amiss with them. */
  private int callShown() throws IOException {
    check("-n", count);
    SampleChoice chosen = choice == null ? new SampleChoice() : choice;
    Integer extremes = chosen.extremes();
    if (extremes != null) {
      check(chosen.extremesOption(), extremes);
    }
    OutputFile.check(sheet(), overwrite);
    kernel.choose();
    try (MaskStore open = store.open()) {
      return draw(open, chosen, whole || (extremes != null && patch == null));
    }
  }

  /** Shows what a training would be given. */
  private int callDrawn() throws IOException {
    require(
        choice == null && !whole && !withForeground,
        "a sampler draws from all masks: --mask, --emptiest, --fullest, --whole and"
            + " --with-foreground do not go with it; --only FILE takes some");
    require(count >= 1, "-n %d: expected 1 or more".formatted(count));
    require(draw.batch == null || draw.batch >= 1, "--batch: expected 1 or more");
    require(draw.turns == null || isList(), "--turns: a column of a list: give -o list.csv");
    require(images == null || !isList(), "--images: of a sheet, and a list is to be written");
    if (output != null) {
      if (!isList()) {
        check("-n", count);
      }
      OutputFile.check(output, overwrite);
    }
    if (draw.heatmap != null) {
      OutputFile.check(draw.heatmap, overwrite);
    }
    kernel.choose();
    try (MaskStore open = store.open()) {
      Size size = patch == null ? PATCH : patch;
      Sampler sampler = patches.sampler(open, size, draw.batch == null ? count : draw.batch, 1);
      boolean isGrid = patches.choice().kind() == SamplerChoice.Kind.GRID;
      return write(new SamplerView(open, sampler, seed, draw, isGrid));
    }
  }

  private int write(SamplerView view) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    DrawnPatches drawn = view.patches(count);
    SampleReport report = new SampleReport("", List.of(), List.of());
    if (isList()) {
      view.writeList(drawn, sheet(), overwrite, out);
    } else if (output != null) {
      List<Spot> spots = drawn.spots();
      report = write(view.store(), spots);
      long gaveUp = spots.stream().filter(spot -> !spot.note().isEmpty()).count();
      view.say(out, output, drawn.count(), gaveUp);
    }
    if (draw.heatmap != null) {
      view.writeMap(draw.heatmap, count, overwrite, out);
    }
    return report.print(spec.commandLine().getErr());
  }

  private Path sheet() {
    return Objects.requireNonNull(output);
  }

  private void check(String option, int tiles) {
    require(
        tiles >= 1 && tiles <= MAX_TILES,
        "%s %d: expected 1 to %d".formatted(option, tiles, MAX_TILES));
  }

  private void require(boolean sound, String message) {
    if (!sound) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  private int draw(MaskStore open, SampleChoice chosen, boolean wholeMasks) throws IOException {
    MaskPool pool = chosen.pool(open, withForeground);
    Size size = patch == null ? PATCH : patch;
    List<Spot> spots;
    if (wholeMasks) {
      spots = Spots.whole(chosen.isOpen() ? pool.draw(count, seed) : pool);
    } else if (withForeground) {
      spots = Spots.drawForeground(pool, count, size, seed);
    } else {
      spots = Spots.draw(pool, count, size, seed);
    }
    SampleReport report = write(open, spots);
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        wholeMasks
            ? "%s: whole masks: %d".formatted(sheet(), spots.size())
            : "%s: %d patches of %s pixels, seed %d".formatted(output, spots.size(), size, seed));
    return report.print(spec.commandLine().getErr());
  }

  private SampleReport write(MaskStore open, List<Spot> spots) throws IOException {
    Path folder = images;
    if (folder == null) {
      new SampleSheet(open, null).write(spots, sheet(), overwrite);
      return new SampleReport("", List.of(), List.of());
    }
    try (Pictures pictures = Pictures.open(folder, rename, open.size())) {
      SampleSheet sheet = new SampleSheet(open, pictures);
      sheet.write(spots, sheet(), overwrite);
      return new SampleReport(folder.toString(), sheet.missing(), sheet.misfits());
    }
  }
}
