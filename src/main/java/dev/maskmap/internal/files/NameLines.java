package dev.maskmap.internal.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** Checks the names of a store, read and not mapped. */
public final class NameLines {
  private final String text;
  private final String offsets;
  private final String noun;
  private final Problems problems;
  private final Set<String> seen = new HashSet<>();

  /** Takes note of what is wrong. */
  public interface Problems {
    /** Notes it. */
    void add(String file, String what);

    /** Returns whether no more are wanted. */
    boolean isFull();
  }

  /**
   * A check that has read nothing.
   *
   * @param text name of the file of lines
   * @param offsets name of the file that says where they begin
   * @param noun what is named
   */
  public NameLines(String text, String offsets, String noun, Problems problems) {
    this.text = text;
    this.offsets = offsets;
    this.noun = noun;
    this.problems = problems;
  }

  /**
   * Reads all names.
   *
   * @param count how many there are
   * @throws IOException if a file cannot be read
   */
  public void check(FileChannel lines, StoreFileReader starts, long count) throws IOException {
    long start = starts.nextLong();
    if (start != 0) {
      problems.add(offsets, "begins with %d; expected 0".formatted(start));
    }
    for (long i = 0; i < count && !problems.isFull(); i++) {
      long end = starts.nextLong();
      if (end - start < 2 || end - start > Names.MAX_BYTES + 1 || end > lines.size()) {
        problems.add(
            offsets, "the name of %s %d lies at bytes %d to %d".formatted(noun, i, start, end));
        return;
      }
      checkName(i, line(lines, start, end));
      start = end;
    }
    if (start != lines.size()) {
      problems.add(text, "%d bytes; the last name ends at %d".formatted(lines.size(), start));
    }
  }

  private static ByteBuffer line(FileChannel lines, long start, long end) throws IOException {
    ByteBuffer line = ByteBuffer.allocate((int) (end - start));
    while (line.hasRemaining() && lines.read(line, start + line.position()) > 0) {}
    return line.flip();
  }

  private void checkName(long i, ByteBuffer line) {
    int last = line.limit() - 1;
    if (last < 0 || line.get(last) != '\n') {
      problems.add(text, "the line of %s %d does not end in a newline".formatted(noun, i));
    }
    try {
      line.limit(Math.max(last, 0));
      String name = StandardCharsets.UTF_8.newDecoder().decode(line).toString();
      Names.encode(name);
      if (!seen.add(name)) {
        problems.add(text, "two %ss are named %s".formatted(noun, name));
      }
    } catch (CharacterCodingException e) {
      problems.add(text, "the name of %s %d is not UTF-8".formatted(noun, i));
    } catch (IllegalArgumentException e) {
      problems.add(text, "%s %d: %s".formatted(noun, i, e.getMessage()));
    }
  }
}
