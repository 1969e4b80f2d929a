package dev.maskmap.convert;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.maskmap.convert.pixels.DecodedImage.Kind;
import dev.maskmap.convert.pixels.Messages;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which class the value of a pixel stands for. Either each value but 0 is a class of its own, named
 * as it is written, or a list says which values are classes and what they are called. Immutable;
 * any number of threads may share one.
 */
public final class Labels {
  /** The store of pixels that are not ignored. */
  public static final String VALID = "valid";

  /** More ids than this are no classes, unless they are listed. */
  public static final int MAX_FOUND = 256;

  private static final int MAX_LISTED = 65_536;

  private final @Nullable Map<String, String> listed;
  private final List<String> ignored;

  private Labels(@Nullable Map<String, String> listed, List<String> ignored) {
    this.listed = listed;
    this.ignored = ignored;
  }

  /**
   * Returns the labels of all values but 0 and the ignored ones.
   *
   * @param ignored ids without a class, in decimal digits or as RRGGBB
   * @throws IllegalArgumentException if one is neither
   */
  public static Labels found(List<String> ignored) {
    return new Labels(null, checked(ignored));
  }

  /**
   * Reads the list of labels: a line for each, {@code ID} or {@code ID NAME}. Ids of one name are
   * one label.
   *
   * @param ignored as in {@link #found}
   * @throws IOException if the file cannot be read or is no such list; one line
   * @throws IllegalArgumentException as in {@link #found}
   */
  public static Labels listed(Path file, List<String> ignored) throws IOException {
    Map<String, String> names = new LinkedHashMap<>();
    try (BufferedReader in = Files.newBufferedReader(file, UTF_8)) {
      int line = 0;
      for (String text = in.readLine(); text != null; text = in.readLine()) {
        line++;
        if (!text.isBlank()) {
          add(text.strip(), names, file + ": line " + line + ": ");
        }
      }
    } catch (CharacterCodingException e) {
      throw new IOException(Messages.oneLine(file + ": not UTF-8"), e);
    }
    if (names.isEmpty()) {
      throw new IOException(Messages.oneLine(file + ": no label in it; expected lines 'ID NAME'"));
    }
    if (!ignored.isEmpty() && names.containsValue(VALID)) {
      throw new IOException(
          Messages.oneLine(file + ": a label 'valid', which is the store that --ignore adds"));
    }
    for (String id : ignored) {
      if (names.containsKey(id)) {
        throw new IOException(
            Messages.oneLine(file + ": lists the id " + id + ", which --ignore takes out"));
      }
    }
    return new Labels(names, checked(ignored));
  }

  private static void add(String text, Map<String, String> names, String where) throws IOException {
    String[] parts = text.split("\\s+", 2);
    String name = parts.length == 2 ? parts[1] : parts[0];
    String wrong = null;
    try {
      LabelIds.checked(parts[0]);
    } catch (IllegalArgumentException e) {
      wrong = e.getMessage();
    }
    if (wrong == null && !fitsFileName(name)) {
      // It becomes part of a path.
      wrong = "'%s': a name of a label has no slash and no control character".formatted(name);
    } else if (wrong == null && names.putIfAbsent(parts[0], name) != null) {
      wrong = "id %s for the second time".formatted(parts[0]);
    } else if (names.size() > MAX_LISTED) {
      wrong = "more than %d labels".formatted(MAX_LISTED);
    }
    if (wrong != null) {
      throw new IOException(Messages.oneLine(where + wrong));
    }
  }

  private static boolean fitsFileName(String name) {
    return !name.equals(".")
        && !name.equals("..")
        && name.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
  }

  private static List<String> checked(List<String> ids) {
    ids.forEach(LabelIds::checked);
    return List.copyOf(ids);
  }

  /** Returns the names of all listed labels in their order, each once; empty without a list. */
  public List<String> names() {
    return listed == null
        ? List.of()
        : new ArrayList<>(listed.values()).stream().distinct().toList();
  }

  /** Says whether there is a list. */
  public boolean isListed() {
    return listed != null;
  }

  /** Says whether there are ids to ignore, and so a store {@link #VALID}. */
  public boolean ignores() {
    return !ignored.isEmpty();
  }

  boolean isIgnored(Kind kind, double value) {
    return ignored.stream().anyMatch(id -> LabelIds.matches(id, kind, value));
  }

  /** Returns the label of a value, or null if it has none. */
  @Nullable String of(Kind kind, double value) {
    if (isIgnored(kind, value)) {
      return null;
    }
    if (listed == null) {
      return value == 0 ? null : LabelIds.of(kind, value);
    }
    for (Map.Entry<String, String> label : listed.entrySet()) {
      if (LabelIds.matches(label.getKey(), kind, value)) {
        return label.getValue();
      }
    }
    return null;
  }
}
