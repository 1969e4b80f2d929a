package dev.maskmap.convert.pixels;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** Words that several messages share. */
public final class Messages {
  private Messages() {}

  /** Returns {@code text} with control characters escaped, so that a message stays one line. */
  public static String oneLine(Object text) {
    StringBuilder out = new StringBuilder();
    for (char c : text.toString().toCharArray()) {
      if (Character.isISOControl(c)) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** Says why a file could not be read; the file system's own messages are often only its name. */
  public static String unreadable(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "cannot be read: permission denied";
    }
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return "cannot be read: " + (reason == null ? e.getClass().getSimpleName() : oneLine(reason));
  }
}
