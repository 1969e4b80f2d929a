package dev.maskmap.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class BenchRunTest {
  @Test
  void resultsAreJoinedIntoOneArray() {
    assertEquals("[1,2,3,4]", dense(BenchRun.joined("[\n1,\n2\n]\n", "[\n3,\n4\n]\n")));
    assertEquals("[3]", dense(BenchRun.joined("[]", "[3]")));
    assertEquals("[1]", dense(BenchRun.joined("[1]", "[]")));
    assertEquals("[]", dense(BenchRun.joined("[]", "[]")));
  }

  private static String dense(String json) {
    return json.replaceAll("\\s", "");
  }
}
