package dev.maskmap.convert.coco;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.maskmap.convert.pixels.PackedMask;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Run-length encodings by hand, and those that are none. */
class CocoRleTest {

  /** Published with the segment-anything data: 5 x 10, four pixels of the fourth column. */
  @Test
  void aPublishedTextDecodes() throws IOException {
    byte[] rows = CocoRle.decode("`04n0", 5, 10).rows();
    assertArrayEquals(new byte[] {0, 0, 0, 0x78, 0, 0, 0, 0, 0, 0}, rows);
  }

  @Test
  void lengthsFromTheFourthOnAreDifferencesToTheOneTwoBefore() throws IOException {
    // 2, 3, 4, then 3 + (5 - 3), then 4 + (2 - 4): '2' '3' '4' '2' 'N'.
    PackedMask mask = CocoRle.decode("2342N", 16, 1);
    assertArrayEquals(new byte[] {(byte) 0b0011_1000, (byte) 0b0111_1100}, mask.rows());
    assertEquals("2342N", CocoRle.encode(mask));
  }

  @Test
  void aMaskOfOneValueIsOneOrTwoRuns() {
    assertEquals("d0", CocoRle.encode(new PackedMask(4, 5, new byte[5])));
    byte[] full = {(byte) 0xF0, (byte) 0xF0, (byte) 0xF0, (byte) 0xF0, (byte) 0xF0};
    assertEquals("0d0", CocoRle.encode(new PackedMask(4, 5, full)));
  }

  @Test
  void emptyRunsWithinAreLegal() throws IOException {
    byte[] rows = CocoRle.decode(new long[] {0, 2, 0, 1, 5}, 8, 1).rows();
    assertArrayEquals(new byte[] {(byte) 0xE0}, rows);
  }

  @Test
  void countsThatDoNotSumToTheSizeAreRefused() {
    assertEquals(
        "its 2 counts sum to 7: expected 8, which is 4 x 2 (height x width)",
        refused(new long[] {3, 4}));
    assertEquals(
        "its counts go past the last of 4 x 2 pixels (height x width) with run 1, of 6",
        refused(new long[] {3, 6}));
    assertEquals(
        "its counts go past the last of 4 x 2 pixels (height x width) with run 0, of"
            + " 9223372036854775807",
        refused(new long[] {Long.MAX_VALUE, 1}));
    assertEquals("its 0 counts sum to 0: expected 8, which is 4 x 2 (height x width)", refused(""));
  }

  @Test
  void aNegativeLengthIsRefused() {
    assertEquals(
        "run 1 of its counts is -1: lengths are not negative", refused(new long[] {3, -1}));
    assertEquals("run 1 of its counts is -1: lengths are not negative", refused("3O"));
  }

  @Test
  void aTextThatIsNoneIsRefused() {
    assertEquals(
        "character 1 of its counts is U+0070: expected '0' (U+0030) to 'o' (U+006F)",
        refused("4p"));
    assertEquals(
        "character 0 of its counts is U+0020: expected '0' (U+0030) to 'o' (U+006F)",
        refused(" 4"));
    assertEquals(
        "the text of its counts ends within a number: it was cut after 2 characters",
        refused("4P"));
    assertEquals(
        "the number at character 0 of its counts has 9 digits: at most 7 occur",
        refused("oooooooo04"));
  }

  private static String refused(String counts) {
    return assertThrows(IOException.class, () -> CocoRle.decode(counts, 4, 2)).getMessage();
  }

  private static String refused(long[] counts) {
    return assertThrows(IOException.class, () -> CocoRle.decode(counts, 4, 2)).getMessage();
  }
}
