package dev.maskmap.convert.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.array.ArrayFormat.Headerless;
import dev.maskmap.convert.array.ArrayFormat.Packing;
import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.DecodedImage.Kind;
import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.PixelValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArraySourceTest {
  private static final ArrayFormat PLAIN = ArrayFormat.plain();

  @TempDir Path folder;

  private Path write(byte[] content) throws IOException {
    return Files.write(folder.resolve("a.npy"), content);
  }

  private Path zeros(String descr, int bytes, long... shape) throws IOException {
    return write(TestNpy.of(descr, new byte[bytes], shape));
  }

  private static List<String> names(Path file) throws IOException {
    return ReadMasks.items(file, PLAIN).stream().map(MaskItem::name).toList();
  }

  /** Checks that the message is one line that begins with the file, and returns the rest. */
  static String refusal(Path file, ArrayFormat format) {
    IOException e = assertThrows(IOException.class, () -> ReadMasks.all(file, format));
    String message = e.getMessage();
    assertTrue(message.startsWith(file + ": "), message);
    assertEquals(1, message.lines().count(), message);
    return message.substring(file.toString().length() + 2);
  }

  private static void assertRefused(String words, Path file, ArrayFormat format) {
    String reason = refusal(file, format);
    assertTrue(reason.contains(words), reason);
  }

  private static ArrayFormat packed(Packing packing, int height, int width) {
    return new ArrayFormat(packing, false, height, width, null);
  }

  @Test
  void oneMaskHasTheNameOfItsFileAndManyHaveNumbersOfOneLength() throws IOException {
    assertEquals(List.of("a"), names(zeros("|u1", 6, 2, 3)));
    assertEquals(List.of("a"), names(zeros("|u1", 6, 1, 2, 3)));
    assertEquals(List.of("a"), names(zeros("|u1", 6, 2, 3, 1)));
    assertEquals(List.of("a/0", "a/1"), names(zeros("|u1", 12, 2, 2, 3)));
    assertEquals(10, names(zeros("|u1", 60, 10, 2, 3)).size());
    assertEquals("a/9", names(zeros("|u1", 60, 10, 2, 3)).getLast());
    assertEquals("a/00", names(zeros("|u1", 66, 11, 2, 3)).getFirst());
  }

  @Test
  void anItemSaysWhichMaskOfWhichFileItIs() throws IOException {
    Path file = zeros("|u1", 12, 2, 2, 3);
    MaskItem item = ReadMasks.items(file, PLAIN).get(1);
    assertEquals(file + ": mask 1", item.origin());
    assertEquals((128 + 12) / 2, item.bytes());
  }

  @Test
  void valuesAreKeptInTheNarrowestFormThatHoldsThem() throws IOException {
    assertInstanceOf(PixelValues.Narrow.class, form(0, 1, 255));
    assertInstanceOf(PixelValues.Wide.class, form(0, 256, 1));
    assertInstanceOf(PixelValues.Wide.class, form(0, Integer.MAX_VALUE, 1));
    assertInstanceOf(PixelValues.Reals.class, form(0, 1L << 31, 1));
    assertInstanceOf(PixelValues.Reals.class, form(300, -1, 1));
    assertInstanceOf(PixelValues.Reals.class, form(0.5, 0, 1));
    assertInstanceOf(PixelValues.Reals.class, form(0, 1, Double.NEGATIVE_INFINITY));
  }

  private PixelValues form(double... values) throws IOException {
    Path file = write(TestNpy.ofDoubles(values, 1, values.length));
    DecodedImage image = (DecodedImage) ReadMasks.items(file, PLAIN).getFirst().read();
    assertEquals(Kind.NUMBER, image.kind());
    for (int i = 0; i < values.length; i++) {
      assertEquals(values[i], image.values().at(i));
    }
    return image.values();
  }

  @Test
  void integersBeyondADoubleAreRoundedAndNeverToZero() throws IOException {
    byte[] data = new byte[16];
    data[15] = (byte) 0x80;
    data[0] = 1;
    assertArrayEquals(
        new double[] {1, 0x1p63},
        ReadMasks.all(write(TestNpy.of("<u8", data, 1, 2)), PLAIN).getFirst().values());
  }

  @Test
  void aNanIsRefusedWithItsPlace() throws IOException {
    double[] values = new double[3 * 4 * 5];
    values[20 + 2 * 5 + 3] = Double.NaN;
    values[20 + 2 * 5 + 4] = Double.NaN;
    Path file = write(TestNpy.ofDoubles(values, 3, 4, 5));
    List<MaskItem> items = ReadMasks.items(file, PLAIN);
    assertEquals(20, items.get(0).read().height() * 5);
    assertTrue(
        refusal(file, PLAIN)
            .startsWith("mask 1: NaN (not a number) in row 2, column 3, counted from 0"),
        refusal(file, PLAIN));
    assertEquals(4, items.get(2).read().height());
  }

  @Test
  void aNanOfAnArrayInFortranOrderIsFoundInRowsToo() throws IOException {
    byte[] data = new byte[2 * 2 * 3 * 4];
    // Of mask 1: row 1 of column 0 comes before row 0 of column 2 in the file, and after it here.
    for (int at : new int[] {4 * (1 + 2 * 1), 4 * (1 + 2 * (2 * 2))}) {
      data[at + 2] = (byte) 0xC0;
      data[at + 3] = 0x7F;
    }
    Path file = write(TestNpy.fortran("<f4", "(2, 2, 3)", data));
    assertTrue(refusal(file, PLAIN).startsWith("mask 1: NaN (not a number) in row 0, column 2"));
  }

  @Test
  void shapesThatAreNoMasksAreRefused() throws IOException {
    assertRefused("the shape is (); expected (height, width)", zeros("|u1", 1), PLAIN);
    assertRefused("the shape is (6,); expected (height, width)", zeros("|u1", 6, 6), PLAIN);
    assertRefused("the shape is (2, 3, 2, 2)", zeros("|u1", 24, 2, 3, 2, 2), PLAIN);
    assertRefused("the shape is (1, 2, 3, 1, 1)", zeros("|u1", 6, 1, 2, 3, 1, 1), PLAIN);
    assertRefused("(0, 5): no pixels", zeros("|u1", 0, 0, 5), PLAIN);
    assertRefused("(0, 5, 5): no pixels", zeros("|u1", 0, 0, 5, 5), PLAIN);
  }

  @Test
  void anImageInColorIsNotTakenForAStackOfNarrowMasks() throws IOException {
    assertRefused("looks like an image of 3 channels", zeros("|u1", 16 * 16 * 3, 16, 16, 3), PLAIN);
    assertEquals(15, names(zeros("|u1", 15 * 16 * 3, 15, 16, 3)).size());
    assertEquals(3, names(zeros("|u1", 16 * 16 * 3, 3, 16, 16)).size());
  }

  @Test
  void elementsThatAreNoPlainNumbersAreRefusedByName() throws IOException {
    assertRefused(
        "Python objects, which are pickled", write(TestNpy.of("|O", new byte[9], 1, 1)), PLAIN);
    assertRefused("text (|S3)", zeros("|S3", 3, 1, 1), PLAIN);
    assertRefused("text (<U2)", zeros("<U2", 8, 1, 1), PLAIN);
    assertRefused("dates (<M8[ns])", zeros("<M8[ns]", 8, 1, 1), PLAIN);
    assertRefused("time spans (<m8[s])", zeros("<m8[s]", 8, 1, 1), PLAIN);
    assertRefused("complex numbers (<c8)", zeros("<c8", 8, 1, 1), PLAIN);
    assertRefused("floats of a size that depends", zeros("<f16", 16, 1, 1), PLAIN);
    assertRefused("raw bytes", zeros("|V4", 4, 1, 1), PLAIN);
    String fields = "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1, 1)}";
    assertRefused("records of several fields", write(TestNpy.ofText(fields, new byte[4])), PLAIN);
  }

  @Test
  void aHeaderAloneTakesNoMemory() throws IOException {
    assertRefused(
        "a mask of 1000000000 x 1000000000", zeros("|u1", 9, 1_000_000_000, 1_000_000_000), PLAIN);
    assertRefused("a mask of 16385 x 16384", zeros("|u1", 9, 16385, 16384), PLAIN);
    assertRefused("cut short", zeros("<f8", 9, 16384, 16384), PLAIN);
    assertRefused("cut short", zeros("|u1", 9, 1_000_000_000_000L, 5, 5), PLAIN);
    assertRefused("2^63 - 1 bytes", zeros("<f8", 9, Long.MAX_VALUE, 5, 5), PLAIN);
  }

  @Test
  void bytesBehindTheArrayAreNoted() throws IOException {
    ReadMasks mask = ReadMasks.all(zeros("|u1", 7, 2, 3), PLAIN).getFirst();
    assertTrue(mask.note().startsWith("the file goes on behind its array"), mask.note());
    assertEquals("", ReadMasks.all(zeros("|u1", 6, 2, 3), PLAIN).getFirst().note());
  }

  @Test
  void filesThatAreNoArraysAreRefused() throws IOException {
    assertRefused("no such file", folder.resolve("none.npy"), PLAIN);
    assertRefused("a folder", folder, PLAIN);
    assertRefused("an empty file", write(new byte[0]), PLAIN);
    assertRefused("found the bytes 47 49 46", write(new byte[] {'G', 'I', 'F'}), PLAIN);
    assertRefused(
        "Git LFS pointer",
        Files.writeString(folder.resolve("b.npy"), "version https://git-lfs.github.com/spec/v1\n"),
        PLAIN);
  }

  @Test
  void arraysAreToldByTheirContent() {
    assertTrue(ArraySource.recognises(TestNpy.of("|u1", new byte[1], 1, 1)));
    assertTrue(ArraySource.recognises(new TestZip().toBytes()));
    assertFalse(ArraySource.recognises(new byte[] {'P', 'K'}));
    assertFalse(ArraySource.recognises(new byte[0]));
  }

  @Test
  void withoutASizeAllBitsArePixels() throws IOException {
    Path file = zeros("|u1", 2 * 3 * 5, 2, 3, 5);
    ReadMasks down = ReadMasks.all(file, packed(Packing.AXIS_1, 0, 0)).getFirst();
    assertEquals("24 5", down.height() + " " + down.width());
    ReadMasks along = ReadMasks.all(file, packed(Packing.AXIS_2, 0, 0)).getFirst();
    assertEquals("3 40", along.height() + " " + along.width());
  }

  @Test
  void aShapeThatDoesNotFitThePackingIsRefusedWithTheOneThatDoes() throws IOException {
    Path file = zeros("|u1", 3 * 135 * 1920, 3, 135, 1920);
    assertEquals(3, ReadMasks.items(file, packed(Packing.AXIS_1, 1080, 1920)).size());
    assertEquals(3, ReadMasks.items(file, packed(Packing.AXIS_0, 1080, 1920)).size());
    assertRefused(
        "the shape is (3, 135, 1920); expected (3, 1080, 240) for masks of 1080 x 1920 (height x"
            + " width) packed along the rows; it fits down the columns: --packed axis=-2",
        file,
        packed(Packing.AXIS_2, 1080, 1920));
    assertRefused("expected (3, 136, 1920)", file, packed(Packing.AXIS_1, 1081, 1920));
    assertRefused("may mean two things", file, packed(Packing.AXIS_0, 0, 0));
    assertRefused("its rows are axis=1", zeros("|u1", 6, 2, 3), packed(Packing.AXIS_2, 0, 0));
    assertRefused(
        "two dimensions for one mask or three", zeros("|u1", 6, 6), packed(Packing.AXIS_1, 0, 0));
    assertRefused("(bytes,) for one mask", zeros("|u1", 6, 1, 2, 3), packed(Packing.FLAT, 2, 3));
    assertRefused("expected (2,)", zeros("|u1", 3, 3), packed(Packing.FLAT, 3, 5));
    assertRefused("its elements are bool", zeros("|b1", 6, 2, 3), packed(Packing.AXIS_0, 0, 0));
    assertRefused("its elements are uint16", zeros("<u2", 12, 2, 3), packed(Packing.AXIS_0, 0, 0));
    assertRefused(
        "more than the 268435456", zeros("|u1", 9, 1 << 27, 1 << 4), packed(Packing.AXIS_0, 0, 0));
    assertRefused(
        "more than the 268435456", zeros("|u1", 9, 1L << 60, 1), packed(Packing.AXIS_0, 0, 0));
  }

  @Test
  void aHeaderlessFileOfAnotherLengthIsRefusedWithBoth() throws IOException {
    Path file = Files.write(folder.resolve("a.raw"), new byte[100]);
    ArrayFormat two = headerless(null, 2, "<i2", 10);
    assertRefused(
        "100 bytes; expected 58: 2 masks of 24 bytes (3 x 4, int16) behind 10 bytes", file, two);
    assertRefused(
        "100 bytes; expected 8: 2 masks of 4 bytes (3 x 4, packed down the columns in uint8)",
        file,
        headerless(Packing.AXIS_1, 2, "uint8", 0));
    assertRefused("no file is so large", file, headerless(null, Long.MAX_VALUE / 2, "uint8", 0));
    Path right = Files.write(folder.resolve("b.raw"), new byte[58]);
    assertEquals(
        List.of("b/0", "b/1"), ReadMasks.all(right, two).stream().map(ReadMasks::name).toList());
  }

  private static ArrayFormat headerless(Packing packing, long masks, String dtype, long offset) {
    return new ArrayFormat(packing, false, 0, 0, new Headerless(masks, 3, 4, dtype, offset));
  }

  @Test
  void aFileThatIsCutShortAfterItWasOpenedIsRefused() throws IOException {
    Path file = zeros("<f4", 4 * 2 * 3 * 4, 2, 3, 4);
    List<MaskItem> items = ReadMasks.items(file, PLAIN);
    Files.write(file, new byte[130]);
    IOException e = assertThrows(IOException.class, () -> items.get(1).read());
    assertTrue(
        e.getMessage().startsWith(file + ": mask 1: the file ends at byte 130"), e.getMessage());
    Files.delete(file);
    e = assertThrows(IOException.class, () -> items.get(0).read());
    assertEquals(file + ": mask 0: no such file", e.getMessage());
  }

  @Test
  void formatsThatContradictThemselvesCannotBeMade() {
    List<Runnable> contradictions =
        List.of(
            () -> new ArrayFormat(null, true, 0, 0, null),
            () -> new ArrayFormat(null, false, 3, 4, null),
            () -> new ArrayFormat(Packing.AXIS_0, false, 3, 0, null),
            () -> new ArrayFormat(Packing.FLAT, false, 0, 0, null),
            () -> headerless(Packing.AXIS_0, 1, "int16", 0),
            () -> headerless(null, 1, "object", 0),
            () -> headerless(null, -1, "uint8", 0),
            () -> headerless(null, 1, "uint8", -1));
    IntStream.range(0, contradictions.size())
        .forEach(
            i ->
                assertThrows(
                    IllegalArgumentException.class,
                    () -> contradictions.get(i).run(),
                    "case " + i));
  }
}
