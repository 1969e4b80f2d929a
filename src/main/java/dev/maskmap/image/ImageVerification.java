package dev.maskmap.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * What a full check of images found.
 *
 * @param images that were read
 * @param bytes that were read
 * @param problems what is wrong, each naming its file; empty if they are sound
 */
public record ImageVerification(long images, long bytes, List<String> problems) {
  /** So many problems are listed; the check ends there. */
  static final int MAX_PROBLEMS = 1000;

  /** Copies the list. */
  public ImageVerification {
    problems = List.copyOf(problems);
  }

  /**
   * Reads all of a store of images and checks it against itself: lengths and checksums of every
   * file, every image against its CRC-32, the places of the images, and the names. A NPY file holds
   * no checksums: its header and length are checked.
   *
   * <p>The files are read, not mapped, so that damage of any kind is a problem and not an
   * exception.
   *
   * @param imagesDone called with the number of images read so far
   * @throws IOException if a file cannot be read
   */
  public static ImageVerification of(Path path, LongConsumer imagesDone) throws IOException {
    try {
      if (Files.isDirectory(path)) {
        return new ImageVerifier(path, ImageManifest.read(path), imagesDone).run();
      }
      try (ImageStore array = ImageStore.open(path)) {
        return new ImageVerification(array.size(), 0, List.of());
      }
    } catch (ImageFormatException e) {
      return new ImageVerification(0, 0, List.of(String.valueOf(e.getMessage())));
    }
  }
}
