package dev.maskmap.convert;

import dev.maskmap.MaskStore;
import dev.maskmap.convert.pixels.Messages;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern such as {@code masks/*.png} that no shell has expanded: quoted, or on Windows. Each
 * part is matched by itself as {@link java.nio.file.FileSystem#getPathMatcher} does; {@code **}
 * stands for any number of folders, none included, as in bash. Hidden files need a pattern with a
 * dot.
 */
final class Glob {
  private static final String WILDCARDS = "*?[{";

  private final Path root;
  private final List<String> parts;
  private final Set<Path> found = new LinkedHashSet<>();

  private Glob(Path root, List<String> parts) {
    this.root = root;
    this.parts = parts;
  }

  static boolean isGlob(String argument) {
    return argument.chars().anyMatch(c -> WILDCARDS.indexOf(c) >= 0);
  }

  /** Takes {@code pattern} apart: the folder before its first wildcard, and the parts after it. */
  static Glob parse(String pattern) {
    List<String> parts = List.of(pattern.split("/+", -1));
    int literal = 0;
    while (!isGlob(parts.get(literal))) {
      literal++;
    }
    String root = String.join("/", parts.subList(0, literal));
    boolean absolute = root.isEmpty() && pattern.startsWith("/");
    return new Glob(Path.of(absolute ? "/" : root), parts.subList(literal, parts.size()));
  }

  /** Returns the path of {@code match} from the folder before the first wildcard. */
  Path relative(Path match) {
    return root.toString().isEmpty() ? match : root.relativize(match);
  }

  /**
   * Returns the files and folders that match, below the folder before the first wildcard, in no
   * particular order.
   *
   * @throws IOException if a folder cannot be listed or the pattern has a syntax error
   */
  Set<Path> expand() throws IOException {
    if (Files.isDirectory(root)) {
      expand(root, 0);
    }
    return found;
  }

  private void expand(Path folder, int index) throws IOException {
    String part = parts.get(index);
    if (part.equals("**")) {
      expandFolders(folder, index);
      return;
    }
    PathMatcher matcher = matcher(part);
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        Path name = entry.getFileName();
        if (isHidden(entry) == part.startsWith(".") && matcher.matches(name)) {
          visit(entry, index + 1);
        }
      }
    }
  }

  private void expandFolders(Path folder, int index) throws IOException {
    visit(folder, index + 1);
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        // Links are not followed here, so that a loop of them ends.
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
            && !isHidden(entry)
            && !MaskStore.isStore(entry)) {
          expand(entry, index);
        }
      }
    }
  }

  private void visit(Path entry, int next) throws IOException {
    if (next == parts.size()) {
      found.add(entry);
    } else if (Files.isDirectory(entry)) {
      expand(entry, next);
    }
  }

  private PathMatcher matcher(String part) throws IOException {
    try {
      return root.getFileSystem().getPathMatcher("glob:" + part);
    } catch (PatternSyntaxException e) {
      throw new IOException("not a pattern: " + Messages.oneLine(e.getDescription()), e);
    }
  }

  private static boolean isHidden(Path entry) {
    return entry.getFileName().toString().startsWith(".");
  }
}
