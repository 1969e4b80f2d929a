package dev.maskmap.cli;

import dev.maskmap.Mask;
import dev.maskmap.MaskStore;
import dev.maskmap.Region;
import dev.maskmap.cli.draw.Terminal;
import dev.maskmap.cli.draw.TerminalDrawing;
import dev.maskmap.cli.draw.TerminalStyle;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code maskmap show}. */
@Command(
    name = "show",
    sortOptions = false,
    description = {
      "Draw masks in the terminal, as large as they fit, foreground lit.",
      "",
      "Where a dot stands for several pixels it is lit if half of them are foreground, or if any is"
          + " and no dot beside it is three quarters full: thin lines and specks stay.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  maskmap show train.masks --mask 3",
      "  maskmap show train.masks --mask scan_07 --at 100,250 --patch 64x128"
    })
final class ShowCommand implements Callable<Integer> {
  private static final int MIN_WIDTH = 3;
  private static final int MAX_WIDTH = 2000;

  /** Lines that are no drawing: the caption, and the prompt below. */
  private static final int OTHER_LINES = 2;

  @Spec CommandSpec spec = CommandSpec.create();

  @Mixin final StoreArgument store = new StoreArgument();

  @Option(
      names = "--mask",
      paramLabel = "N|NAME",
      description =
          "The mask's name, or its index from 0. Where both fit, the name. May be given several"
              + " times. Default: the first mask.")
  List<String> masks = new ArrayList<>();

  @Option(
      names = "--patch",
      paramLabel = "HxW",
      converter = Size.Converter.class,
      description = "Draw a part of this height and width, in pixels, instead of the whole mask.")
  @Nullable Size patch;

  @Option(
      names = "--at",
      paramLabel = "Y,X",
      converter = Origin.Converter.class,
      description =
          "Top left of the part, in pixels from the top left of the mask. Default: 0,0. Without"
              + " --patch the part reaches to the mask's end.")
  Origin at = new Origin(0, 0);

  @Option(
      names = "--style",
      paramLabel = "STYLE",
      converter = TerminalStyleConverter.class,
      description =
          "braille (2x4 dots a character), blocks (1x2) or ascii. Default: auto, which is blocks"
              + " where every pixel fits, else braille; ascii where the terminal has no more.")
  @Nullable TerminalStyle style;

  @Option(
      names = "--width",
      paramLabel = "N",
      description =
          "Draw this many characters wide, as high as it gets. Default: what the terminal shows at"
              + " once, 80x24 where there is none.")
  @Nullable Integer width;

  @Mixin final CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws IOException {
    Integer wide = width;
    if (wide != null && (wide < MIN_WIDTH || wide > MAX_WIDTH)) {
      throw new ParameterException(
          spec.commandLine(),
          "--width %d: expected %d to %d characters".formatted(wide, MIN_WIDTH, MAX_WIDTH));
    }
    KernelOption.preferScalar();
    try (MaskStore open = store.open()) {
      List<Long> indexes = new ArrayList<>();
      for (String mask : masks) {
        indexes.add(MaskLookup.index(open, mask));
      }
      for (long index : indexes.isEmpty() ? List.of(0L) : indexes) {
        show(open.mask(index), region(open, index));
      }
    }
    return 0;
  }

  private Region region(MaskStore open, long mask) {
    Size size = patch;
    if (size == null) {
      new PatchFile(open, mask, at, new Size(1, 1)).requireInside();
      size = new Size(open.height(mask) - at.y(), open.width(mask) - at.x());
    }
    new PatchFile(open, mask, at, size).requireInside();
    return Region.of(at.y(), at.x(), size.height(), size.width());
  }

  private void show(Mask mask, Region region) {
    Terminal terminal = Terminal.ofThisProcess();
    Integer wide = width;
    int columns = wide == null ? terminal.columns() : wide;
    int rows = wide == null ? terminal.rows() - OTHER_LINES : MAX_WIDTH;
    TerminalStyle drawn = style(terminal.finest(), region, columns, rows);
    TerminalDrawing drawing = TerminalDrawing.draw(mask, region, drawn, columns, rows);
    PrintWriter out = spec.commandLine().getOut();
    out.println(caption(mask, region, drawing.pixelsPerDot()));
    drawing.lines().forEach(out::println);
  }

  private TerminalStyle style(TerminalStyle finest, Region region, int columns, int rows) {
    TerminalStyle wanted = style;
    if (wanted != null) {
      return wanted;
    }
    boolean blocks =
        finest == TerminalStyle.BRAILLE
            && TerminalDrawing.isExact(region, TerminalStyle.BLOCKS, columns, rows);
    return blocks ? TerminalStyle.BLOCKS : finest;
  }

  private static String caption(Mask mask, Region region, double pixelsPerDot) {
    long pixels = (long) region.height() * region.width();
    String of = pixels == (long) mask.height() * mask.width() ? "" : part(mask, region);
    String dots =
        pixelsPerDot == 1 ? "" : String.format(Locale.ROOT, ", a dot is %.1f", pixelsPerDot);
    return String.format(
        Locale.ROOT,
        "%s (mask %d): %dx%d%s, %.2f %% foreground%s",
        mask.name(),
        mask.index(),
        region.height(),
        region.width(),
        of,
        100.0 * mask.count(region) / pixels,
        dots);
  }

  private static String part(Mask mask, Region region) {
    return " at %d,%d of %dx%d".formatted(region.y(), region.x(), mask.height(), mask.width());
  }
}
