package dev.maskmap.image;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Opens files, and folders, which a writer may replace while they are opened. */
final class ImageOpener {
  /** How often opening starts again when the store is replaced under it. */
  private static final int ATTEMPTS = 10;

  private ImageOpener() {}

  /** Maps what a store needs into the arena that the store will own. */
  @FunctionalInterface
  private interface Opener {
    ImageStore open(Arena arena) throws IOException;
  }

  static void checkPlatform() {
    if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw new UnsupportedOperationException("maskmap runs on little-endian machines only");
    }
  }

  static ImageStore open(Path path) throws IOException {
    checkPlatform();
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString(), null, "no such file or folder");
    }
    return Files.isDirectory(path) ? folder(path) : inNewArena(arena -> ImageNpy.open(path, arena));
  }

  private static ImageStore folder(Path folder) throws IOException {
    for (int attempt = 1; ; attempt++) {
      ImageManifest found = ImageManifest.read(folder);
      ImageStore opened = null;
      IOException failure = null;
      try {
        opened = inNewArena(arena -> new ImageFolder(folder, found).open(arena));
      } catch (IOException e) {
        failure = e;
      }
      boolean replaced = !isStill(folder, found);
      if (opened != null && !replaced) {
        return opened;
      }
      if (opened != null) {
        opened.close();
      }
      if (failure != null && !replaced) {
        throw failure;
      }
      if (attempt == ATTEMPTS) {
        throw new ImageFormatException(folder, "is being replaced over and over; try again");
      }
    }
  }

  private static boolean isStill(Path folder, ImageManifest found) {
    try {
      return ImageManifest.read(folder).equals(found);
    } catch (IOException e) {
      return false;
    }
  }

  /** Gives the store an arena of its own, which is closed again if it cannot be opened. */
  @SuppressWarnings("MustBeClosedChecker")
  private static ImageStore inNewArena(Opener opener) throws IOException {
    Arena arena = Arena.ofShared();
    try {
      return opener.open(arena);
    } catch (IOException | RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }
}
