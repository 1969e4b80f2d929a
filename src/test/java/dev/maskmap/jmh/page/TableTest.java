package dev.maskmap.jmh.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class TableTest {
  @Test
  void timesHaveThreeDigitsInTheUnitThatSuitsThem() {
    assertEquals("7.04 ns", Table.time(7.04));
    assertEquals("999 ns", Table.time(999.4));
    assertEquals("1.00 us", Table.time(999.6));
    assertEquals("10.0 us", Table.time(9_999));
    assertEquals("455 us", Table.time(454_900));
    assertEquals("1.00 ms", Table.time(999_900));
    assertEquals("12,345 ms", Table.time(12_345e6));
    assertEquals("-", Table.time(Double.NaN));
  }

  @Test
  void ratiosHaveTwoDigitsAtLeast() {
    assertEquals("0.0023", Table.ratio(0.00234));
    assertEquals("0.021", Table.ratio(0.0213));
    assertEquals("0.10", Table.ratio(0.0999));
    assertEquals("1.25", Table.ratio(1.25));
    assertEquals("24.9", Table.ratio(24.9));
    assertEquals("1,234", Table.ratio(1234));
    assertEquals("-", Table.ratio(Double.NaN));
  }

  @Test
  void rowsOfNothingAreLeftOutAndRowsOfAnotherLengthRefused() {
    Table table = new Table("a", "b", "c");
    table.row("x", "-", "-");
    assertTrue(table.isEmpty());
    table.row("y", "-", "1");
    assertEquals("| a | b | c |\n| --- | --- | --- |\n| y | - | 1 |\n", table.toString());
    assertThrows(IllegalArgumentException.class, () -> table.row("x", "1"));
  }

  @Test
  void mediansAreTheMiddleOne() {
    assertEquals(2, Measurements.median(List.of(9.0, 1.0, 2.0)));
    assertEquals(3, Measurements.median(List.of(9.0, 1.0, 4.0, 2.0)));
    assertEquals(Double.NaN, Measurements.median(List.of()));
  }
}
