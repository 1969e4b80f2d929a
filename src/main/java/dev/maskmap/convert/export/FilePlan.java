package dev.maskmap.convert.export;

import dev.maskmap.convert.pixels.Messages;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The file of each mask, '/' between folders, checked as a whole before the first is written: no
 * name leaves the folder, and no two masks want the same place.
 */
final class FilePlan {
  private static final String REMEDY = "; --names sequence numbers the files instead";

  private final MaskSelection masks;
  private final String extension;
  private final FileRules rules;
  // By what the file system compares: the mask that wants the place.
  private final Map<String, Integer> files = new HashMap<>();
  private final Map<String, Integer> folders = new HashMap<>();

  private FilePlan(MaskSelection masks, String extension, FileRules rules) {
    this.masks = masks;
    this.extension = extension;
    this.rules = rules;
  }

  /**
   * Plans the files of all masks.
   *
   * @throws IOException if a name cannot be a file, or two masks would share one; one line that
   *     names the masks
   */
  static FilePlan of(MaskSelection masks, String extension, FileRules rules) throws IOException {
    FilePlan plan = new FilePlan(masks, extension, rules);
    for (int i = 0; i < masks.size(); i++) {
      plan.checkName(i);
      plan.addFolders(i, plan.path(i));
      plan.addFile(i);
    }
    plan.checkFilesAgainstFolders();
    return plan;
  }

  /** The path of a mask's file below the folder. */
  String path(int i) {
    return masks.name(i) + extension;
  }

  private void checkName(int i) throws IOException {
    String why = rules.whyNotFile(masks.name(i), extension);
    if (!why.isEmpty()) {
      throw refused(masks.origin(i) + ": its name cannot be a file here: " + why);
    }
  }

  private void addFile(int i) throws IOException {
    Integer other = files.putIfAbsent(rules.key(path(i)), i);
    if (other != null) {
      throw clash(other, i, "would both be the file " + path(i) + " here");
    }
  }

  private void addFolders(int i, String path) throws IOException {
    for (int at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
      String folder = path.substring(0, at);
      Integer other = folders.putIfAbsent(rules.key(folder), i);
      if (other != null && !path(other).startsWith(folder + "/")) {
        throw clash(other, i, "would share the folder " + folder + " here");
      }
    }
  }

  private void checkFilesAgainstFolders() throws IOException {
    for (Map.Entry<String, Integer> folder : folders.entrySet()) {
      Integer file = files.get(folder.getKey());
      if (file != null) {
        throw clash(file, folder.getValue(), "need a file and a folder named " + path(file));
      }
    }
  }

  private IOException clash(int a, int b, String what) {
    return refused(
        "%s: masks '%s' and '%s' %s".formatted(masks.origin(), masks.name(a), masks.name(b), what));
  }

  private static IOException refused(String message) {
    return new IOException(Messages.oneLine(message + REMEDY));
  }
}
