package dev.maskmap.convert;

import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.convert.pixels.Messages;
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
 * The image files of one folder and all folders below it. Links are followed, hidden files and
 * folders are not looked at.
 */
final class MaskFolder extends SimpleFileVisitor<Path> {
  private static final Set<String> EXTENSIONS = Set.of(".png", ".gif", ".bmp");

  private final Path folder;
  private final List<MaskFile> found = new ArrayList<>();

  private MaskFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Returns the images below {@code folder} by ascending name.
   *
   * @throws IOException if there are none, or a folder cannot be listed
   */
  static List<MaskFile> list(Path folder) throws IOException {
    MaskFolder visitor = new MaskFolder(folder);
    Files.walkFileTree(
        folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visitor);
    if (visitor.found.isEmpty()) {
      throw new IOException(
          Messages.oneLine(folder + ": no .png, .gif or .bmp file in this folder or below it"));
    }
    visitor.found.sort(Comparator.comparing(MaskFile::name, MaskNames.ORDER));
    return visitor.found;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path entry, BasicFileAttributes attributes) {
    boolean hidden = !entry.equals(folder) && entry.getFileName().toString().startsWith(".");
    return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path entry, BasicFileAttributes attributes) {
    String name = entry.getFileName().toString();
    int dot = name.lastIndexOf('.');
    // A dot at the start makes a hidden file, not an extension.
    if (!name.startsWith(".")
        && dot > 0
        && EXTENSIONS.contains(name.substring(dot).toLowerCase(Locale.ROOT))) {
      found.add(new MaskFile(MaskNames.of(folder.relativize(entry)), entry));
    }
    return FileVisitResult.CONTINUE;
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
