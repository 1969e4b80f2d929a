package dev.maskmap.internal.npy;

import static dev.maskmap.internal.npy.NpyFiles.error;
import static dev.maskmap.internal.npy.NpyFiles.file;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpyErrorsTest {
  private static final String MAGIC =
      ", expected a NPY file, which begins with 93 4e 55 4d 50 59 (\\x93NUMPY)";

  @Test
  void everyMessageNamesTheFile(@TempDir Path folder) {
    NpyFormatException e =
        assertThrows(NpyFormatException.class, () -> NpyHeader.read(folder.resolve(".")));
    assertTrue(e.getMessage().startsWith(folder.toString()), e.getMessage());
    assertTrue(e.getMessage().endsWith("found a folder, expected a NPY file"), e.getMessage());
  }

  @Test
  void foreignFilesAreCalledByTheirName() {
    assertEquals("byte 0: found an empty file" + MAGIC, error(new byte[0]));
    assertEquals(
        "byte 0: found the bytes 89 50 4e 47 0d 0a" + MAGIC, error(latin1("\u0089PNG\r\n\32\n")));
    assertEquals("byte 0: found the bytes 93 4e 58" + MAGIC, error(latin1("\u0093NX")));
    assertEquals(
        "byte 0: found a zip archive, as .npz files are"
            + MAGIC
            + "; unpack it and give one of the .npy files inside",
        error(latin1("PK\3\4 and so on")));
    assertEquals(
        "byte 0: found a Git LFS pointer in place of the file"
            + MAGIC
            + "; fetch the file itself with 'git lfs pull'",
        error(latin1("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n")));
  }

  @Test
  void aFileCutShortAnywhereInItsHeaderIsCalledCutShort() {
    byte[] whole = NpyHeader.encode("|u1", 3, 4);
    for (int length = 1; length < whole.length; length++) {
      int end = length < 8 ? 8 : length < 10 ? 10 : 128;
      assertEquals(
          "byte "
              + length
              + ": found the end of the file, expected a header that ends at byte "
              + end
              + "; the file is cut short, copy or write it again",
          error(Arrays.copyOf(whole, length)));
    }
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1,1", "4,0", "255,255"})
  void otherVersionsAreRefused(int major, int minor) {
    byte[] file = NpyHeader.encode("|u1", 3, 4);
    file[6] = (byte) major;
    file[7] = (byte) minor;
    assertEquals(
        "byte 6: found NPY version "
            + major
            + "."
            + minor
            + ", expected version 1.0, 2.0 or 3.0; save the array again with numpy.save",
        error(file));
  }

  @Test
  void aLengthOfGigabytesIsRefusedBeforeAnythingIsAllocated() {
    byte[] file = file(2, "{}");
    Arrays.fill(file, 8, 12, (byte) 0xff);
    assertEquals(
        "byte 8: found a header of 4294967295 bytes, expected at most 1048576; the file is corrupt,"
            + " or its type has too many fields",
        error(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "(2, -3)# 61# the dimension -3, expected 0 or more",
        "(5)# 57# the number (5), expected a tuple such as (1080, 1920); write (5,)",
        "5# 57# 5, expected a tuple such as (1080, 1920)",
        "[5, 6]# 57# '[', expected a tuple such as (1080, 1920)",
        "(5 6)# 60# 6, expected ',' or ')'",
        "(2.5,)# 59# '.', expected ',' or ')'",
        "(0x10,)# 58# 0x10, expected a decimal integer",
        "(007,)# 58# 007, expected a decimal integer",
        "(,)# 58# ',', expected a decimal integer",
        "('5',)# 58# ''', expected a decimal integer",
        "(9223372036854775808,)# 58# the integer 9223372036854775808, expected one of at most"
            + " 9223372036854775807",
        "(4294967296, 2147483648)# 57# the shape (4294967296, 2147483648) of |u1, expected an array"
            + " that ends within 2^63 - 1 bytes",
        "(9223372036854775807,)# 57# the shape (9223372036854775807,) of |u1, expected an array"
            + " that ends within 2^63 - 1 bytes",
      })
  void aBadShapeIsShownWhereItStands(String shape, int offset, String message) {
    String text = "{'descr': '|u1', 'fortran_order': False, 'shape': " + shape + "}";
    int shift = 3; // the dictionary of these lines begins at byte 10
    assertEquals("byte " + (offset + shift) + ": found " + message, error(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "(1, 2)# 10# '(', expected a dictionary",
        "{}# 10# no key 'descr', expected 'descr', 'fortran_order' and 'shape'",
        "{'descr': '|u1'}# 10# no key 'fortran_order', expected 'descr', 'fortran_order' and"
            + " 'shape'",
        "{'x\u0007': 1}# 11# the key 'x?', expected only 'descr', 'fortran_order' and 'shape'",
        "{'descr': '|u1', 'descr': '|u1'}# 27# the key 'descr' a second time, expected each key"
            + " once",
        "{,}# 11# ',', expected a key in quotes",
        "{descr: 1}# 11# descr, expected a key in quotes",
        "{'descr' '|u1'}# 19# ''', expected ':' after the key 'descr'",
        "{'descr': None}# 20# None, expected an element type: a string such as '|u1', or a list of"
            + " fields",
        "{'descr': ''}# 20# an empty string, expected an element type such as '|u1'",
        "{'descr': 'a\\'b'}# 22# an escape in a key or type, expected a plain string",
        "{'descr': '|u1}# 20# a string without an end, expected '''",
        "{'descr': 'u1\\# 20# a string without an end, expected '''",
        "{'fortran_order': false}# 28# false, expected True or False",
        "{'descr': [('a', 1.5)]}# 28# '.', expected ',' or ')'",
        "{'descr': [{}]}# 21# '{', expected a string, an integer, '[' or '('",
        "{'descr': '|u1'# 25# the end of the header, expected ',' or '}'",
        "{'descr': '|u1'} x# 27# x, expected nothing but spaces after the dictionary",
      })
  void aBadDictionaryIsShownWhereItBreaks(String text, int offset, String message) {
    assertEquals("byte " + offset + ": found " + message, error(text));
  }

  @Test
  void nestingDoesNotOverflowTheStack() {
    String message = error("{'descr': " + "[".repeat(60_000));
    assertEquals(
        "byte 52: found nesting deeper than 32, expected a type that NumPy writes", message);
  }

  @Test
  void brokenUtf8IsShownInVersion3() {
    byte[] file = file(3, "{'descr': '|u?'}");
    file[25] = (byte) 0xff;
    assertEquals("byte 23: found bytes that are not UTF-8, expected text", error(file));
  }

  private static byte[] latin1(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
