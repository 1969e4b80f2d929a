package dev.maskmap.convert;

import dev.maskmap.MaskStore;
import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.convert.pixels.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the files that the arguments of an import stand for, and names their masks.
 *
 * <ul>
 *   <li>A file is itself, whatever its extension; its mask is named after it, without extension.
 *   <li>A store, or a data set of stores, is itself; its masks keep their names.
 *   <li>Any other folder is every image and array in it and below it (see {@link MaskFolder}), by
 *       ascending name; a mask is named by the path from the folder, '/' between its parts, without
 *       extension.
 *   <li>A pattern (see {@link Glob}), where no such file exists, is what it matches, by ascending
 *       name; a mask is named by the path from the folder before the first wildcard.
 * </ul>
 */
public final class MaskFiles {
  private final List<MaskFile> files = new ArrayList<>();

  private MaskFiles() {}

  /**
   * Returns the files of all arguments, in the order of the arguments.
   *
   * @throws IOException if an argument is missing, matches nothing or is a folder without masks;
   *     one line
   */
  public static List<MaskFile> resolve(List<String> arguments) throws IOException {
    MaskFiles resolved = new MaskFiles();
    for (String argument : arguments) {
      resolved.add(argument);
    }
    return List.copyOf(resolved.files);
  }

  private void add(String argument) throws IOException {
    try {
      Path path = Path.of(argument);
      if (Files.exists(path) || !Glob.isGlob(argument)) {
        addPath(path, baseName(path));
        return;
      }
    } catch (InvalidPathException e) {
      // A pattern that this file system cannot have as a name, as '*' on Windows, is no file.
      if (!Glob.isGlob(argument)) {
        throw new IOException(Messages.oneLine(argument + ": " + e.getReason()), e);
      }
    }
    addGlob(argument);
  }

  private void addGlob(String argument) throws IOException {
    Glob glob = Glob.parse(argument);
    List<Path> matches = new ArrayList<>(glob.expand());
    if (matches.isEmpty()) {
      throw new IOException(Messages.oneLine(argument + ": no such file, and no file matches"));
    }
    matches.sort(Comparator.comparing(Path::toString, MaskNames.ORDER));
    for (Path match : matches) {
      addPath(match, glob.relative(match));
    }
  }

  private static Path baseName(Path path) {
    Path name = path.getFileName();
    return name == null ? path : name;
  }

  /** Adds a file, which gets its name from {@code relative}, or the files of a folder. */
  private void addPath(Path path, Path relative) throws IOException {
    if (MaskStore.isStore(path)) {
      files.add(new MaskFile(MaskNames.of(relative), path));
    } else if (Files.isDirectory(path)) {
      files.addAll(MaskFolder.list(path));
    } else if (Files.isRegularFile(path)) {
      files.add(new MaskFile(MaskNames.of(relative), path));
    } else {
      String what = Files.exists(path) ? "neither a file nor a folder" : "no such file or folder";
      throw new IOException(Messages.oneLine(path + ": " + what));
    }
  }

  /**
   * Finds names that cannot be, before hours of work rather than after. Only files that are one
   * mask by their extension are asked; others name their masks when they are opened.
   *
   * @throws IOException if a store cannot hold a name, or two files get one name; one line
   */
  public static void checkNames(List<MaskFile> files, Naming naming) throws IOException {
    if (naming == Naming.SEQUENCE) {
      return;
    }
    Map<String, Path> names = new HashMap<>();
    for (MaskFile file : files) {
      if (MaskFolder.isOneImage(file.path())) {
        checkName(naming.of(file.name(), file.name(), 0, 0), file.path(), names);
      }
    }
  }

  private static void checkName(String name, Path path, Map<String, Path> names)
      throws IOException {
    String wrong = MaskNames.problem(name);
    if (wrong != null) {
      throw new IOException(Messages.oneLine(path + ": " + wrong));
    }
    Path other = names.putIfAbsent(name, path);
    if (other != null) {
      throw MaskNames.twice(name, other.toString(), path.toString());
    }
  }
}
