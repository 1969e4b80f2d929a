package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The store that a command reads. */
final class StoreArgument {
  static final String DESCRIPTION =
      "A store, or a .npy file of masks packed down the columns: numpy.packbits(mask, axis=0). A"
          + " pattern in quotes, such as 'shards/*.masks', takes several stores as one.";

  @Parameters(paramLabel = "STORE", description = DESCRIPTION)
  Path path = Path.of("");

  @Mixin final StoreShape shape = new StoreShape();

  /** Opens it. The caller closes it. */
  MaskStore open() throws IOException {
    return shape.open(path);
  }
}
