package dev.maskmap.convert.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which names of masks can be paths of files.
 *
 * @param windows whether the characters and names that Windows keeps for itself are refused
 * @param foldsCase whether the file system takes {@code A} and {@code a} for one name
 */
record FileRules(boolean windows, boolean foldsCase) {
  /** Longest name of one file or folder, in bytes; the same on all file systems in common use. */
  private static final int MAX_BYTES = 255;

  private static final char UNKNOWN = '\uFFFD';

  private static final Pattern WINDOWS_CHARACTER = Pattern.compile("[<>:\"\\\\|?*]");
  private static final Pattern WINDOWS_DEVICE =
      Pattern.compile(
          "(?:CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|(?:COM|LPT)[0-9\u00b9\u00b2\u00b3]) *(?:\\..*)?",
          Pattern.CASE_INSENSITIVE);

  /** The rules of the system that runs this. */
  static FileRules ofSystem(boolean foldsCase) {
    return new FileRules(File.separatorChar == '\\', foldsCase);
  }

  /**
   * Says why a mask cannot be a member of an archive: unpacked, it must stay in its folder.
   *
   * @return the reason, or an empty text if it can
   */
  static String whyNotMember(String name) {
    for (String part : name.split("/", -1)) {
      if (part.isEmpty()) {
        return "it has an empty part between, before or after its '/'";
      }
    }
    // A backslash parts folders where Windows unpacks the archive.
    for (String part : name.split("[/\\\\]", -1)) {
      if (part.equals(".") || part.equals("..")) {
        return "its part '%s' stands for a folder".formatted(part);
      }
    }
    return name.indexOf(UNKNOWN) < 0
        ? ""
        : "it has U+FFFD, the mark of a character that was lost, and pack refuses it";
  }

  /**
   * Says why a mask cannot be a file below a folder, such that {@code pack} of the folder gives its
   * name again.
   *
   * @param extension the end of the file's name, with the dot
   * @return the reason, or an empty text if it can
   */
  String whyNotFile(String name, String extension) {
    String why = whyNotMember(name);
    for (String part : (name + extension).split("/", -1)) {
      why = why.isEmpty() ? whyNotPart(part) : why;
    }
    return why;
  }

  private String whyNotPart(String part) {
    int bytes = part.getBytes(UTF_8).length;
    if (part.startsWith(".")) {
      return "its part '%s' would be hidden, and pack passes over hidden files".formatted(part);
    }
    if (bytes > MAX_BYTES) {
      return "a file name of %d bytes, and file systems take %d".formatted(bytes, MAX_BYTES);
    }
    return windows ? whyNotOnWindows(part) : "";
  }

  private static String whyNotOnWindows(String part) {
    if (WINDOWS_CHARACTER.matcher(part).find()) {
      return "Windows allows none of < > : \" \\ | ? * in '%s'".formatted(part);
    }
    if (part.endsWith(".") || part.endsWith(" ")) {
      return "Windows drops the end of '%s'".formatted(part);
    }
    return WINDOWS_DEVICE.matcher(part).matches()
        ? "'%s' is a device on Windows".formatted(part)
        : "";
  }

  /** Returns what the file system compares paths by. */
  String key(String path) {
    if (!foldsCase) {
      return path;
    }
    String upper = Normalizer.normalize(path, Normalizer.Form.NFC).toUpperCase(Locale.ROOT);
    return Normalizer.normalize(upper.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
  }
}
