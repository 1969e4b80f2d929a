package dev.maskmap.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Settings of Linux, as it shows them under {@code /sys} and {@code /proc}; elsewhere nothing is
 * known.
 */
final class SystemSettings {
  private static final Path HUGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern CHOSEN = Pattern.compile("\\[([a-z_]+)]");

  private SystemSettings() {}

  /** Who gets huge pages: {@code always}, {@code madvise} (who asks) or {@code never}; or empty. */
  static String hugePages() {
    Matcher chosen = CHOSEN.matcher(read(HUGE_PAGES));
    return chosen.find() ? chosen.group(1) : "";
  }

  /** KiB that are read ahead on the disk of a file, if it is one disk and the system tells. */
  static OptionalLong readAheadKib(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return OptionalLong.empty();
    }
    long device = (long) Files.getAttribute(file, "unix:dev");
    // As the C library puts them together; see makedev(3).
    long major = (device >>> 8 & 0xFFF) | (device >>> 32 & ~0xFFFL);
    long minor = (device & 0xFF) | (device >>> 12 & ~0xFFL);
    String disk = major + ":" + minor;
    for (String place :
        List.of(
            "/sys/class/bdi/%s/read_ahead_kb",
            "/sys/dev/block/%s/queue/read_ahead_kb", "/sys/dev/block/%s/../queue/read_ahead_kb")) {
      String text = read(Path.of(place.formatted(disk))).strip();
      if (text.matches("[0-9]{1,18}")) {
        return OptionalLong.of(Long.parseLong(text));
      }
    }
    return OptionalLong.empty();
  }

  /**
   * Bytes of this process that are in memory, of one kind: {@code RssAnon} or {@code RssFile}; see
   * proc(5).
   */
  static OptionalLong residentBytes(String kind) {
    Matcher line = Pattern.compile("(?m)^" + kind + ":\\s+([0-9]{1,15}) kB$").matcher(read(STATUS));
    return line.find()
        ? OptionalLong.of(1024 * Long.parseLong(line.group(1)))
        : OptionalLong.empty();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
