package dev.maskmap.cli.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PixelFontTest {
  @Test
  void everyCharacterOfTheFontDiffersFromEveryOther() {
    HashSet<String> shapes = new HashSet<>();
    for (int character = ' '; character <= '~' + 1; character++) {
      int c = character;
      shapes.add(
          IntStream.range(0, 35)
              .mapToObj(i -> PixelFont.isSet(c, i / 5, i % 5) ? "#" : ".")
              .reduce("", String::concat));
    }
    assertEquals(96, shapes.size(), "95 characters and the box");
  }

  @Test
  void textStaysWithinTheWidthItSays() {
    List<Integer> columns = new ArrayList<>();
    PixelFont.draw("W\u00e9W", 2, (x, y) -> columns.add(x));
    assertEquals(2 * PixelFont.width("W\u00e9W") - 1, columns.stream().max(Integer::compare).get());
  }
}
