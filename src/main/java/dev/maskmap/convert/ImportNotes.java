package dev.maskmap.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is to be said about items, each thing once. Not thread-safe. */
final class ImportNotes {
  /** Of hostile input each item could have its own. */
  private static final int MAX_DISTINCT = 50;

  private final Map<String, Note> notes = new LinkedHashMap<>();
  private long others;

  private static final class Note {
    final String first;
    long count;

    Note(String first) {
      this.first = first;
    }
  }

  void add(String origin, String note) {
    if (note.isEmpty()) {
      return;
    }
    if (!notes.containsKey(note) && notes.size() == MAX_DISTINCT) {
      others++;
      return;
    }
    notes.computeIfAbsent(note, n -> new Note(origin)).count++;
  }

  /** Returns one line for each: {@code a.jpg: lossy}, {@code 7 masks, first a.jpg: lossy}. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    notes.forEach(
        (text, note) ->
            lines.add(
                note.count == 1
                    ? note.first + ": " + text
                    : String.format(
                        Locale.ROOT, "%,d masks, first %s: %s", note.count, note.first, text)));
    if (others > 0) {
      lines.add(String.format(Locale.ROOT, "%,d masks with other remarks", others));
    }
    return lines;
  }
}
