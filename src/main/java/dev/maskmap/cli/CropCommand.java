package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.PixelType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code maskmap crop}. */
@Command(
    name = "crop",
    sortOptions = false,
    description = {"Write one patch of one mask as a picture or an array.", ""},
    footer = {
      "",
      "Examples:",
      "  maskmap crop train.masks --mask 3 --at 100,250 --size 256x256 -o patch.png",
      "  maskmap crop train.masks --mask scan_07 --at 0,0 --size 64x64 -o p.npy --pixel float32"
    })
final class CropCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Mixin final StoreArgument store = new StoreArgument();

  @Option(
      names = "--mask",
      paramLabel = "N|NAME",
      required = true,
      description = "The mask's name, or its index from 0. Where both fit, the name.")
  String mask = "";

  @Option(
      names = "--at",
      paramLabel = "Y,X",
      required = true,
      converter = Origin.Converter.class,
      description = "Top left of the patch, in pixels from the top left of the mask.")
  Origin at = new Origin(0, 0);

  @Option(
      names = "--size",
      paramLabel = "HxW",
      required = true,
      converter = Size.Converter.class,
      description = "Height and width of the patch, in pixels.")
  Size size = new Size(1, 1);

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description =
          "patch.png: gray, one bit a pixel, foreground white. patch.npy: an array of shape (H,"
              + " W).")
  Path output = Path.of("");

  @Option(
      names = "--pixel",
      paramLabel = "TYPE",
      converter = PixelTypes.Converter.class,
      description =
          "Elements of a .npy: uint8 (default), uint8_255, float16, bfloat16 (its bits, as <u2),"
              + " float32, int64, or packed (eight pixels a byte, shape (ceil(H/8), W)).")
  PixelType pixel = PixelType.UINT8;

  @Option(names = "--overwrite", description = "Replace FILE if it exists.")
  boolean overwrite;

  @Mixin final KernelOption kernel = new KernelOption();

  @Mixin final CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws IOException {
    boolean array = isArray();
    if (!array && pixel != PixelType.UINT8) {
      throw new ParameterException(
          spec.commandLine(), "--pixel is for a .npy; a .png has one bit a pixel");
    }
    OutputFile.check(output, overwrite);
    kernel.choose();
    try (MaskStore open = store.open()) {
      PatchFile patch = new PatchFile(open, MaskLookup.index(open, mask), at, size);
      if (array) {
        patch.writeNpy(output, overwrite, pixel);
      } else {
        patch.writePng(output, overwrite);
      }
    }
    spec.commandLine().getOut().println("%s: %s pixels, %s".formatted(output, size, kind(array)));
    return 0;
  }

  private String kind(boolean array) {
    return array ? PixelTypes.name(pixel) : "one bit a pixel";
  }

  private boolean isArray() {
    String name = String.valueOf(output.getFileName()).toLowerCase(Locale.ROOT);
    if (!name.endsWith(".npy") && !name.endsWith(".png") && !OutputFile.isDevice(output)) {
      throw new ParameterException(
          spec.commandLine(), "-o %s: expected a name ending in .png or .npy".formatted(output));
    }
    return name.endsWith(".npy");
  }
}
