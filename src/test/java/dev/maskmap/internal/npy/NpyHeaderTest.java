package dev.maskmap.internal.npy;

import static dev.maskmap.internal.npy.NpyFiles.file;
import static dev.maskmap.internal.npy.NpyFiles.parse;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyHeaderTest {
  private static final String REST = "'fortran_order': False, 'shape': (2, 3)}";

  @Test
  void theHeaderOfAStoreHas128BytesAndIsWrittenAsNumpyWritesIt() {
    byte[] header = NpyHeader.encode("|u1", 3, 135, 1920);
    String dictionary = "{'descr': '|u1', 'fortran_order': False, 'shape': (3, 135, 1920), }";
    String expected = "\u0093NUMPY\1\0\u0076\0" + dictionary;
    assertEquals(expected + " ".repeat(127 - expected.length()) + "\n", latin1(header));
  }

  @Test
  void aTupleOfOneKeepsItsComma() {
    assertTrue(latin1(NpyHeader.encode("<i8", 5)).contains("'shape': (5,), }"));
    assertTrue(latin1(NpyHeader.encode("<i8")).contains("'shape': (), }"));
  }

  @Test
  void aHeaderThatDoesNotFitIsRefused() {
    long[] shape = {Long.MAX_VALUE, 0, Long.MAX_VALUE, Long.MAX_VALUE};
    assertThrows(IllegalArgumentException.class, () -> NpyHeader.encode("|u1", shape));
    assertThrows(IllegalArgumentException.class, () -> NpyHeader.encode("|u1", 3, -1));
    assertThrows(IllegalArgumentException.class, () -> NpyHeader.encode("|u1', 'x': '", 3));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void everyVersionGivesTypeShapeAndTheOffsetOfTheData(int major) throws IOException {
    NpyHeader header = parse(file(major, "{'descr': '<f4', " + REST + "  \n"));
    int offset = (major == 1 ? 10 : 12) + 60;
    assertEquals(new NpyHeader("<f4", false, List.of(2L, 3L), 4, offset), header);
    assertEquals(24, header.dataBytes());
  }

  @ParameterizedTest
  @CsvSource({
    "|u1,1",
    "|b1,1",
    "<f2,2",
    ">i4,4",
    "<c16,16",
    "<U2,8",
    "|S3,3",
    "|V5,5",
    "<M8[ns],8",
    "<m8[25s],8",
    "<f16,16",
    "|O,0",
    "|O8,0",
    "|S0,0",
    "t4,0",
    "nonsense,0"
  })
  void theItemSizeFollowsFromTheType(String descr, long expected) throws IOException {
    assertEquals(expected, parse("{'descr': '" + descr + "', " + REST).itemSize());
  }

  @Test
  void shapesMayBeEmptyOrEndInACommaOrCarryPython2Suffixes() throws IOException {
    assertEquals(List.of(), shape("()"));
    assertEquals(List.of(3L), shape("(3,)"));
    assertEquals(List.of(3L, 4L), shape("(3, 4,)"));
    assertEquals(List.of(65536L, 2L), shape("(65536L,2L,)"));
    assertEquals(List.of(1L << 62, 0L, 4L), shape("(4611686018427387904, 0, 4)"));
  }

  @Test
  void theDataOfAnEmptyArrayHasNoBytesHoweverLargeTheOtherDimensions() throws IOException {
    String text = "{'descr': '|u1', 'fortran_order': True, 'shape': (4611686018427387904, 4, 0)}";
    NpyHeader header = parse(text);
    assertEquals(0, header.dataBytes());
    assertTrue(header.fortranOrder());
  }

  @Test
  void aStructuredTypeKeepsItsSourceText() throws IOException {
    String fields = "[('a\\'b]', '<f8'), ((\"t\", 'n'), [('x', '|u1', (2, 3))])]";
    NpyHeader header = parse("{'descr': " + fields + ", " + REST);
    assertEquals(fields, header.descr());
    assertEquals(NpyHeader.UNKNOWN_ITEM_SIZE, header.itemSize());
    assertEquals(0, header.dataBytes());
  }

  @Test
  void version3IsUtf8AndTheOlderOnesLatin1() throws IOException {
    String text = "{'descr': [('é', '<f8')], " + REST;
    assertEquals("[('é', '<f8')]", parse(file(1, text)).descr());
    assertEquals("[('é', '<f8')]", parse(file(3, text)).descr());
  }

  @Test
  void readingAChannelNeitherUsesNorMovesItsPosition(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("a.npy"), NpyHeader.encode("|u1", 4, 5));
    try (FileChannel channel = FileChannel.open(file)) {
      channel.position(77);
      assertEquals(List.of(4L, 5L), NpyHeader.read(channel, file).shape());
      assertEquals(77, channel.position());
    }
  }

  @Test
  void aFileShorterThanItsArrayIsNamedWithBothLengths() throws IOException {
    NpyHeader header = parse(NpyHeader.encode("|u1", 10, 20));
    header.requireData(Path.of("m.npy"), 328);
    assertEquals(
        "m.npy: byte 327: found the end of the file, expected 328 bytes in all (128 of header, 200"
            + " of |u1 in the shape (10, 20)); the file is cut short (bytes missing: 1), copy or"
            + " write it again",
        lengthError(() -> header.requireData(Path.of("m.npy"), 327)));
    assertThrows(NpyFormatException.class, () -> header.requireDataOnly(Path.of("m.npy"), 327));
  }

  @Test
  void bytesAfterTheArrayAreRefusedOnlyWhereNothingMayFollow() throws IOException {
    NpyHeader header = parse(NpyHeader.encode("|u1", 10, 20));
    header.requireData(Path.of("m.npy"), 331);
    header.requireDataOnly(Path.of("m.npy"), 328);
    String message = lengthError(() -> header.requireDataOnly(Path.of("m.npy"), 331));
    assertTrue(message.startsWith("m.npy: byte 328: found 3 bytes after the array"), message);
  }

  @Test
  void theLengthOfObjectsCannotBeChecked() throws IOException {
    NpyHeader header = parse("{'descr': '|O', " + REST);
    String message = lengthError(() -> header.requireData(Path.of("m.npy"), 1000));
    assertTrue(message.contains("found elements of type |O, expected a plain type"), message);
  }

  @Test
  void theShapeIsACopyThatCannotBeChanged() throws IOException {
    List<Long> shape = parse(NpyHeader.encode("|u1", 10, 20)).shape();
    assertThrows(UnsupportedOperationException.class, () -> shape.set(0, 1L));
    assertFalse(shape.isEmpty());
  }

  private static List<Long> shape(String tuple) throws IOException {
    return parse("{'descr': '<f4', 'fortran_order': False, 'shape': " + tuple + "}").shape();
  }

  private static String lengthError(Executable check) {
    return assertThrows(NpyFormatException.class, check).getMessage();
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }
}
