package dev.maskmap.cli.draw;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What standard output can show.
 *
 * @param columns characters in a line
 * @param rows lines
 * @param finest the style with the smallest dots that it has the characters for
 */
public record Terminal(int columns, int rows, TerminalStyle finest) {
  /** Set by the launcher, which can ask {@code stty}: rows and columns, a blank between. */
  private static final String SIZE = "maskmap.terminal.size";

  /** Set by the launcher where the locale is not one of UTF-8, which it hides from Java. */
  private static final String ASCII = "maskmap.terminal.ascii";

  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,3}");
  private static final Pattern FORM = Pattern.compile("(%1$s) (%1$s)".formatted(NUMBER));
  private static final int USUAL_COLUMNS = 80;
  private static final int USUAL_ROWS = 24;

  /** Room for a frame, a caption and something to see. */
  private static final int LEAST = 8;

  /** Asks the launcher's properties, then the variables that some shells set, else 80 by 24. */
  public static Terminal ofThisProcess() {
    boolean ascii = Boolean.getBoolean(ASCII);
    return of(
        System.getProperty(SIZE, ""),
        System.getenv(),
        ascii ? StandardCharsets.US_ASCII : System.out.charset());
  }

  /**
   * Works out what there is to know.
   *
   * @param size rows and columns, or anything else where the launcher knows nothing
   * @param environment as of a process
   * @param charset that characters are written in
   */
  public static Terminal of(String size, Map<String, String> environment, Charset charset) {
    Matcher form = FORM.matcher(size);
    boolean known = form.matches();
    String rows = known ? form.group(1) : environment.get("LINES");
    String columns = known ? form.group(2) : environment.get("COLUMNS");
    return new Terminal(
        number(columns, USUAL_COLUMNS),
        number(rows, USUAL_ROWS),
        finest(environment.getOrDefault("TERM", ""), charset));
  }

  private static int number(@Nullable String text, int usual) {
    boolean sound = text != null && NUMBER.matcher(text).matches();
    return sound ? Math.max(LEAST, Integer.parseInt(text)) : usual;
  }

  /** The console of Linux has 512 glyphs: half blocks, and no braille. */
  private static TerminalStyle finest(String term, Charset charset) {
    boolean unicode = charset.canEncode() && charset.newEncoder().canEncode('\u28FF');
    if (!unicode || term.equals("dumb")) {
      return TerminalStyle.ASCII;
    }
    return term.equals("linux") ? TerminalStyle.BLOCKS : TerminalStyle.BRAILLE;
  }
}
