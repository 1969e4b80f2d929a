package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.cli.draw.Pictures;
import dev.maskmap.cli.draw.Rename;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
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
          + " images.",
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
      "  maskmap sample train.masks --images train/ --rename _mask=_image -o pairs.png"
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
      names = "--patch",
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
      required = true,
      description = "The sheet: a PNG.")
  Path output = Path.of("");

  @Option(names = "--overwrite", description = "Replace FILE if it exists.")
  boolean overwrite;

  @Mixin final KernelOption kernel = new KernelOption();

  @Mixin final CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws IOException {
    check("-n", count);
    SampleChoice chosen = choice == null ? new SampleChoice() : choice;
    Integer extremes = chosen.extremes();
    if (extremes != null) {
      check(chosen.extremesOption(), extremes);
    }
    require(!whole || patch == null, "--whole and --patch exclude each other");
    require(
        !output.toString().matches("(?i).*\\.(jpe?g|gif|bmp|tiff?|webp|npy|pdf)"),
        "-o %s: the sheet is a PNG; name it .png".formatted(output));
    require(rename.equals(Rename.NONE) || images != null, "--rename needs --images");
    OutputFile.check(output, overwrite);
    kernel.choose();
    try (MaskStore open = store.open()) {
      return draw(open, chosen, whole || (extremes != null && patch == null));
    }
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
            ? "%s: whole masks: %d".formatted(output, spots.size())
            : "%s: %d patches of %s pixels, seed %d".formatted(output, spots.size(), size, seed));
    return report.print(spec.commandLine().getErr());
  }

  private SampleReport write(MaskStore open, List<Spot> spots) throws IOException {
    Path folder = images;
    if (folder == null) {
      new SampleSheet(open, null).write(spots, output, overwrite);
      return new SampleReport("", List.of(), List.of());
    }
    try (Pictures pictures = Pictures.open(folder, rename, open.size())) {
      SampleSheet sheet = new SampleSheet(open, pictures);
      sheet.write(spots, output, overwrite);
      return new SampleReport(folder.toString(), sheet.missing(), sheet.misfits());
    }
  }
}
