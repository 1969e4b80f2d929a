package dev.maskmap.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real masks, in the shared folder beside the checkout. */
public final class SharedMasks {
  private SharedMasks() {}

  /** One of its folders; where there is none the test is skipped, or fails in CI. */
  public static Path folder(String sub) {
    Path folder = Path.of("..", "shared", "masks", sub);
    Required.require(Files.isDirectory(folder), "no folder " + folder + " beside the checkout");
    return folder;
  }
}
