package dev.maskmap.cli.draw;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
  @Test
  void theLauncherKnowsTheSize() {
    Terminal terminal = Terminal.of("40 132", Map.of("COLUMNS", "20", "LINES", "10"), UTF_8);
    assertEquals(new Terminal(132, 40, TerminalStyle.BRAILLE), terminal);
  }

  @Test
  void elseTheEnvironmentDoesAndElseItIsTheUsualOne() {
    assertEquals(
        new Terminal(100, 30, TerminalStyle.BRAILLE),
        Terminal.of("", Map.of("COLUMNS", "100", "LINES", "30"), UTF_8));
    for (String none : new String[] {"", "0 0", "24", "-1 80", "99999 1"}) {
      assertEquals(
          new Terminal(80, 24, TerminalStyle.BRAILLE),
          Terminal.of(none, Map.of("COLUMNS", "wide"), UTF_8));
    }
  }

  @Test
  void aTinyTerminalStillHasRoomForAFrame() {
    assertEquals(8, Terminal.of("1 1", Map.of(), UTF_8).rows());
  }

  @Test
  void nothingIsDrawnThatCannotBeShown() {
    assertEquals(TerminalStyle.ASCII, Terminal.of("", Map.of(), US_ASCII).finest());
    assertEquals(TerminalStyle.ASCII, Terminal.of("", Map.of(), ISO_8859_1).finest());
    assertEquals(TerminalStyle.ASCII, Terminal.of("", Map.of("TERM", "dumb"), UTF_8).finest());
    assertEquals(TerminalStyle.BLOCKS, Terminal.of("", Map.of("TERM", "linux"), UTF_8).finest());
  }
}
