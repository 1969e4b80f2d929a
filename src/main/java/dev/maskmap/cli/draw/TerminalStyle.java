package dev.maskmap.cli.draw;

/** The characters that a mask is drawn in. A character is taken to be twice as high as wide. */
public enum TerminalStyle {
  /** The Unicode block U+2800: two by four dots a character. */
  BRAILLE(2, 4, 1, "┌─┐│└┘"),
  /** Half blocks: one by two dots a character, each as it is. */
  BLOCKS(1, 2, 1, "┌─┐│└┘"),
  /** One dot a character, the more of it foreground the heavier: blank, then {@code . : + #}. */
  ASCII(1, 1, 2, "+-+|++");

  private static final String HALVES = " ▀▄█";
  private static final String WEIGHTS = " .:+#";
  private static final int[] BRAILLE_BITS = {0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80};
  private static final char BRAILLE_BLANK = '\u2800';

  private final int dotsAcross;
  private final int dotsDown;
  private final int dotHeight;
  private final String frame;

  TerminalStyle(int dotsAcross, int dotsDown, int dotHeight, String frame) {
    this.dotsAcross = dotsAcross;
    this.dotsDown = dotsDown;
    this.dotHeight = dotHeight;
    this.frame = frame;
  }

  /** Dots of a character, side by side. */
  public int dotsAcross() {
    return dotsAcross;
  }

  /** Dots of a character, one above the other. */
  public int dotsDown() {
    return dotsDown;
  }

  /** How high a dot is where it is one wide. */
  public int dotHeight() {
    return dotHeight;
  }

  /** The frame: top left, horizontal, top right, vertical, bottom left, bottom right. */
  public String frame() {
    return frame;
  }

  /** Returns the character whose first dot is the cell at {@code row} and {@code column}. */
  public char character(CellGrid cells, int row, int column) {
    return switch (this) {
      case BRAILLE -> braille(cells, row, column);
      case BLOCKS ->
          HALVES.charAt(
              (isOn(cells, row, column) ? 1 : 0) + (isOn(cells, row + 1, column) ? 2 : 0));
      case ASCII -> WEIGHTS.charAt(weight(cells, row, column));
    };
  }

  /** Dots are numbered down the first column, then the second; the fourth row came later. */
  private static char braille(CellGrid cells, int row, int column) {
    int bits = 0;
    for (int i = 0; i < BRAILLE_BITS.length; i++) {
      if (isOn(cells, row + i / 2, column + i % 2)) {
        bits |= BRAILLE_BITS[i];
      }
    }
    return (char) (BRAILLE_BLANK | bits);
  }

  /** Rounded up: one pixel must not vanish. */
  private static int weight(CellGrid cells, int row, int column) {
    double share = (double) cells.foreground(row, column) / cells.pixels(row, column);
    return (int) Math.ceil(share * (WEIGHTS.length() - 1));
  }

  /** The last character of a row or column may reach past the cells. */
  private static boolean isOn(CellGrid cells, int row, int column) {
    return row < cells.rows() && column < cells.columns() && cells.isOn(row, column);
  }
}
