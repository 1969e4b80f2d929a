package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A contact sheet of random patches. */
final class SampleSheet {
  private SampleSheet() {}

  /** Reads the patches and writes the sheet as a PNG. */
  static void write(MaskStore store, Patches patches, Path file, boolean overwrite)
      throws IOException {
    List<Tile> tiles = new ArrayList<>();
    for (int i = 0; i < patches.count(); i++) {
      tiles.add(tile(store, patches, i));
    }
    PictureFiles.writePng(file, ContactSheet.draw(tiles), overwrite);
  }

  private static Tile tile(MaskStore store, Patches patches, int i) {
    Size size = patches.size();
    long mask = patches.masks()[i];
    Origin origin = new Origin(patches.y()[i], patches.x()[i]);
    return new Tile(
        new PatchFile(store, mask, origin, size).bytes(),
        size.height(),
        size.width(),
        store.name(mask),
        "y %d x %d".formatted(origin.y(), origin.x()));
  }
}
