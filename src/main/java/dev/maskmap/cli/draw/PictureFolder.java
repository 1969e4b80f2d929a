package dev.maskmap.cli.draw;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Image files named as the masks, in sub-folders where names have slashes. The mask {@code a/b}
 * belongs to {@code a/b.png}, or {@code a/b.jpg} and so on. One thread at a time.
 */
final class PictureFolder implements Pictures {
  private static final Set<String> EXTENSIONS =
      Set.of("png", "jpg", "jpeg", "tif", "tiff", "bmp", "gif", "webp");

  private final Path folder;
  private final Rename rename;

  /** Image files of each sub-folder that was looked into, by their names without extension. */
  private final Map<Path, Map<String, List<Path>>> listed = new HashMap<>();

  PictureFolder(Path folder, Rename rename) {
    this.folder = folder;
    this.rename = rename;
  }

  @Override
  public @Nullable Picture find(long mask, String name) throws IOException {
    List<Path> files = files(rename.apply(name));
    if (files.size() > 1) {
      throw new IOException(
          "%s: mask %s has %d images there, %s and %s; leave one"
              .formatted(
                  folder,
                  name,
                  files.size(),
                  files.get(0).getFileName(),
                  files.get(1).getFileName()));
    }
    return files.isEmpty() ? null : PictureFile.open(files.getFirst());
  }

  private List<Path> files(String name) throws IOException {
    Path path;
    try {
      path = folder.resolve(name).normalize();
    } catch (InvalidPathException e) {
      return List.of();
    }
    Path parent = path.getParent();
    // A name may be anything, such as ../../etc/passwd.
    if (parent == null || !path.startsWith(folder.normalize()) || !Files.isDirectory(parent)) {
      return List.of();
    }
    Map<String, List<Path>> stems = listed.get(parent);
    if (stems == null) {
      stems = list(parent);
      listed.put(parent, stems);
    }
    return stems.getOrDefault(String.valueOf(path.getFileName()), List.of());
  }

  private static Map<String, List<Path>> list(Path folder) throws IOException {
    Map<String, List<Path>> stems = new HashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        if (dot > 0 && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT))) {
          stems.computeIfAbsent(name.substring(0, dot), stem -> new ArrayList<>()).add(file);
        }
      }
    }
    return stems;
  }

  @Override
  public void close() {}

  @Override
  public String toString() {
    return folder.toString();
  }
}
