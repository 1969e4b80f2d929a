package dev.maskmap.sample;

import dev.maskmap.MaskStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The lines of a text file that name masks of a store. Keeps these lines, and nothing of the other
 * masks' names, through which it goes once.
 */
final class NamedLines {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path file;
  private final List<Line> lines;

  private NamedLines(Path file, List<Line> lines) {
    this.file = file;
    this.lines = lines;
  }

  /**
   * A line.
   *
   * @param number from 1 on, as editors count
   * @param value what stands behind the tab; empty where none is expected
   */
  record Line(int number, String name, String value) {}

  /** Takes the masks of each line, in order. */
  @FunctionalInterface
  interface Use {
    void accept(Line line, long[] masks) throws IOException;
  }

  /**
   * Reads a file: UTF-8, one name a line; lines that are empty or begin with {@code #} are skipped.
   *
   * @param values whether a tab and a value stand behind each name
   * @throws IOException if it cannot be read, is no such file, or names one twice; names the line
   */
  static NamedLines read(Path file, boolean values) throws IOException {
    byte[] text = Files.readAllBytes(file);
    Map<String, Integer> numbers = new HashMap<>();
    List<Line> lines = new ArrayList<>();
    for (int at = 0, number = 1; at < text.length; number++) {
      int end = at;
      while (end < text.length && text[end] != '\n') {
        end++;
      }
      String line = decode(file, number, text, at, end);
      at = end + 1;
      if (!line.isEmpty() && line.charAt(0) != '#') {
        Line named = values ? split(file, number, line) : new Line(number, line, "");
        Integer before = numbers.putIfAbsent(named.name(), number);
        if (before != null) {
          throw new IOException(
              "%s, line %d: '%s' stands on line %d too; name each once"
                  .formatted(file, number, named.name(), before));
        }
        lines.add(named);
      }
    }
    if (lines.isEmpty()) {
      throw new IOException(
          file + ": no names; expected one a line" + (values ? ", a tab and its weight" : ""));
    }
    return new NamedLines(file, lines);
  }

  private static String decode(Path file, int number, byte[] text, int from, int end)
      throws IOException {
    int length = end > from && text[end - 1] == '\r' ? end - 1 - from : end - from;
    try {
      String line =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(text, from, length))
              .toString();
      return number == 1 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
    } catch (CharacterCodingException e) {
      throw new IOException("%s, line %d: not UTF-8; save it as such".formatted(file, number), e);
    }
  }

  private static Line split(Path file, int number, String line) throws IOException {
    int tab = line.indexOf('\t');
    if (tab < 1) {
      throw new IOException(
          "%s, line %d: '%s': expected a name, a tab and a weight".formatted(file, number, line));
    }
    return new Line(number, line.substring(0, tab), line.substring(tab + 1).strip());
  }

  /**
   * Finds the masks so named, and hands them out line by line. Names are unique in a store; where
   * several masks have one all the same, it stands for all of them.
   *
   * @throws IOException if the store has none of a name; names the line, and the name that is
   *     nearest
   * @throws IllegalStateException if the store is closed
   * @throws dev.maskmap.MaskAccessException if a file of it was cut short
   */
  void find(MaskStore store, Use use) throws IOException {
    if (!store.hasNames()) {
      throw new IOException(
          "%s: masks cannot be named: %s is a bare array, without names; `maskmap pack` makes a store"
              .formatted(file, store.path()));
    }
    Map<String, Integer> wanted = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      wanted.put(lines.get(i).name(), i);
    }
    long[][] found = new long[lines.size()][];
    for (long mask = 0; mask < store.size(); mask++) {
      Integer line = wanted.get(store.name(mask));
      if (line != null) {
        long[] before = found[line] == null ? new long[0] : found[line];
        found[line] = Arrays.copyOf(before, before.length + 1);
        found[line][before.length] = mask;
      }
    }
    for (int i = 0; i < found.length; i++) {
      if (found[i] == null) {
        throw unknown(store, lines.get(i));
      }
      use.accept(lines.get(i), found[i]);
    }
  }

  private IOException unknown(MaskStore store, Line line) {
    return new IOException(
        "%s, line %d: no mask is named '%s' in %s; the nearest name is '%s'"
            .formatted(
                file, line.number(), line.name(), store.path(), Nearest.name(store, line.name())));
  }

  IOException failed(Line line, String message) {
    return new IOException("%s, line %d: %s".formatted(file, line.number(), message));
  }
}
