package dev.maskmap.cli;

import dev.maskmap.Mask;
import dev.maskmap.MaskStore;
import dev.maskmap.Region;
import dev.maskmap.cli.draw.ContactSheet;
import dev.maskmap.cli.draw.MaskContent;
import dev.maskmap.cli.draw.OverlayContent;
import dev.maskmap.cli.draw.Picture;
import dev.maskmap.cli.draw.Pictures;
import dev.maskmap.cli.draw.SheetPalette;
import dev.maskmap.cli.draw.Tile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A contact sheet of parts of masks, over their images where there are any. */
final class SampleSheet {
  private final MaskStore store;
  private final @Nullable Pictures pictures;
  private final List<String> missing = new ArrayList<>();
  private final List<String> misfits = new ArrayList<>();

  SampleSheet(MaskStore store, @Nullable Pictures pictures) {
    this.store = store;
    this.pictures = pictures;
  }

  /**
   * Reads the parts, and their images if there are, and writes the sheet as a PNG.
   *
   * @throws IOException if an image is there and cannot be read, or the sheet cannot be written
   */
  void write(List<Spot> spots, Path file, boolean overwrite) throws IOException {
    List<Tile> tiles = new ArrayList<>();
    for (Spot spot : spots) {
      tiles.add(tile(spot));
    }
    PictureFiles.writePng(file, ContactSheet.draw(tiles), overwrite);
  }

  /** Names of masks without an image, each once. */
  List<String> missing() {
    return missing.stream().distinct().toList();
  }

  /** For each mask whose image has another size, once: both sizes. */
  List<String> misfits() {
    return misfits.stream().distinct().toList();
  }

  private Tile tile(Spot spot) throws IOException {
    Mask mask = store.mask(spot.mask());
    Region region = spot.region();
    Tile.Content content = new MaskContent(mask, region);
    List<Tile.Line> lines = new ArrayList<>();
    lines.add(new Tile.Line(mask.name(), SheetPalette.NAME));
    lines.add(
        new Tile.Line("#%d  %s".formatted(mask.index(), share(mask, region)), SheetPalette.PLACE));
    lines.add(new Tile.Line(place(spot), SheetPalette.PLACE));
    if (!spot.note().isEmpty()) {
      lines.add(new Tile.Line(spot.note(), SheetPalette.ALERT));
    }
    if (pictures != null) {
      Picture picture = pictures.find(mask.index(), mask.name());
      if (picture == null) {
        missing.add(mask.name());
        lines.add(new Tile.Line("no image", SheetPalette.ALERT));
      } else if (picture.height() != mask.height() || picture.width() != mask.width()) {
        misfits.add(misfit(mask, picture));
        lines.set(
            2, new Tile.Line("mask " + size(mask.height(), mask.width()), SheetPalette.ALERT));
        lines.add(
            new Tile.Line("image " + size(picture.height(), picture.width()), SheetPalette.ALERT));
      } else {
        content = new OverlayContent(mask, region, picture);
      }
    }
    return new Tile(content, region.height(), region.width(), lines);
  }

  private String place(Spot spot) {
    Region region = spot.region();
    String size = size(region.height(), region.width());
    if (spot.isWhole(store)) {
      return "whole " + size;
    }
    boolean cut =
        region.height() == store.height(spot.mask()) || region.width() == store.width(spot.mask());
    return "y %d x %d%s".formatted(region.y(), region.x(), cut ? " " + size : "");
  }

  private static String share(Mask mask, Region region) {
    long foreground = mask.count(region);
    double percent = 100.0 * foreground / ((long) region.height() * region.width());
    if (foreground == 0) {
      return "empty";
    }
    return percent < 0.01 ? "<0.01%" : String.format(Locale.ROOT, "%.2f%%", percent);
  }

  private static String misfit(Mask mask, Picture picture) {
    boolean turned = picture.height() == mask.width() && picture.width() == mask.height();
    return "mask %s is %s, its image %s is %s (height x width)%s"
        .formatted(
            mask.name(),
            size(mask.height(), mask.width()),
            picture.name(),
            size(picture.height(), picture.width()),
            turned ? ": turned, perhaps by its EXIF orientation" : "");
  }

  private static String size(int height, int width) {
    return new Size(height, width).toString();
  }
}
