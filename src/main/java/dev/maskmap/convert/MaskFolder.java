package dev.maskmap.convert;

import dev.maskmap.MaskStore;
import dev.maskmap.convert.image.ImageSource;
import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.convert.pixels.Messages;
import dev.maskmap.image.ImageStore;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The images and arrays of one folder and all folders below it, by their extensions. Links are
 * followed; hidden files and folders, and stores, are not looked at.
 */
final class MaskFolder extends SimpleFileVisitor<Path> {
  /** Not .zip and .json: a folder of images has others of these. */
  private static final Set<String> ARRAYS = Set.of(".npy", ".npz");

  private static final Set<String> PAGED = Set.of(".tif", ".tiff");

  private final Path folder;
  private final List<MaskFile> found = new ArrayList<>();

  private MaskFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Returns the files below {@code folder} by ascending name.
   *
   * @throws IOException if there are none, or a folder cannot be listed
   */
  static List<MaskFile> list(Path folder) throws IOException {
    MaskFolder visitor = new MaskFolder(folder);
    Files.walkFileTree(
        folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visitor);
    if (visitor.found.isEmpty()) {
      throw new IOException(
          Messages.oneLine(
              folder + ": no image and no .npy or .npz file in this folder or below it"));
    }
    visitor.found.sort(Comparator.comparing(MaskFile::name, MaskNames.ORDER));
    return visitor.found;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path entry, BasicFileAttributes attributes) {
    boolean below = !entry.equals(folder);
    // The arrays of a store are no masks of their own.
    boolean skipped =
        below && (isHidden(entry) || MaskStore.isStore(entry) || ImageStore.isStore(entry));
    return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path entry, BasicFileAttributes attributes) {
    String extension = extension(entry);
    if (ImageSource.EXTENSIONS.contains(extension) || ARRAYS.contains(extension)) {
      found.add(new MaskFile(MaskNames.of(folder.relativize(entry)), entry));
    }
    return FileVisitResult.CONTINUE;
  }

  /** Whether {@code file} is an image by its extension, and one that holds one mask. */
  static boolean isOneImage(Path file) {
    String extension = extension(file);
    return ImageSource.EXTENSIONS.contains(extension) && !PAGED.contains(extension);
  }

  /** In lower case; empty for hidden files, as a dot at the start makes no extension. */
  private static String extension(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 && !isHidden(file) ? name.substring(dot).toLowerCase(Locale.ROOT) : "";
  }

  private static boolean isHidden(Path entry) {
    return entry.getFileName().toString().startsWith(".");
  }

  @Override
  public FileVisitResult visitFileFailed(Path entry, IOException e) throws IOException {
    // A link back up has been visited under its own name.
    if (e instanceof FileSystemLoopException) {
      return FileVisitResult.CONTINUE;
    }
    throw new IOException(Messages.oneLine(entry + ": " + Messages.unreadable(e)), e);
  }
}
