package dev.maskmap.convert.coco;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.coco.CocoRequest.Crowd;
import dev.maskmap.convert.coco.CocoRequest.Per;
import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.PackedMask;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are damaged, hostile or something else: one line that says what, where and why. */
class CocoRefusalsTest {
  private static final String SUM =
      "its 2 counts sum to 3: expected 8, which is 2 x 4" + " (height x width)";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[[0, 0, 1, 0, 1]]               | polygon 1 has 5 numbers: expected pairs of x and y",
        "[[0,0,1,0,1,1], [0, 0, 1, 1]]   | polygon 2 has 2 points: expected 3 points or more;"
            + " delete it, it encloses nothing",
        "[[0, 0]]                        | polygon 1 has 1 point: expected 3 points or more;"
            + " delete it, it encloses nothing",
        "[0, 0, 1, 0, 1, 1]              | its segmentation is a list of numbers: expected a list"
            + " of polygons [[x, y, x, y, ...], ...]",
        "[[[0, 0], [1, 0], [1, 1]]]      | polygon 1 holds a list: expected numbers x, y, x, y,"
            + " ...",
        "[[0, 0, 1, \"1\", 1, 1]]        | polygon 1 holds 1: expected numbers x, y, x, y, ...",
        "[[0, 0, 1, null, 1, 1]]         | polygon 1 holds null: expected numbers x, y, x, y, ...",
        "[[0, 0, 1, NaN, 1, 1]]          | polygon 1 has the coordinate NaN: expected a number of"
            + " at most 2^27 either way",
        "[[0, 0, -Infinity, 1, 1, 1]]    | polygon 1 has the coordinate -Infinity: expected a"
            + " number of at most 2^27 either way",
        "[[0, 0, 1e308, 1, 1, 1]]        | polygon 1 has the coordinate 1e308: expected a number"
            + " of at most 2^27 either way",
        "[[0, 0, 1e999, 1, 1, 1]]        | polygon 1 has the coordinate 1e999: expected a number"
            + " of at most 2^27 either way",
        "{\"counts\": [1, 2], \"size\": [2, 4]}      | " + SUM,
        "{\"counts\": \"12\", \"size\": [2, 4]}      | " + SUM,
        "{\"counts\": [9], \"size\": [2, 4]}         | its counts go past the last of 2 x 4 pixels"
            + " (height x width) with run 0, of 9",
        "{\"counts\": [4, -4, 8], \"size\": [2, 4]}  | run 1 of its counts is -4: lengths are not"
            + " negative",
        "{\"counts\": [4294967296, 8], \"size\": [2, 4]} | its counts go past the last of 2 x 4"
            + " pixels (height x width) with run 0, of 4294967296",
        "{\"counts\": [99999999999999999999], \"size\": [2, 4]} | found 99999999999999999999:"
            + " expected a whole number below 2^63",
        "{\"counts\": [1.5, 6.5], \"size\": [2, 4]}  | found 1.5: expected a whole number below"
            + " 2^63",
        "{\"counts\": [\"8\"], \"size\": [2, 4]}     | its counts hold 8: expected numbers",
        "{\"counts\": 8, \"size\": [2, 4]}           | its counts are 8: expected a text or a list",
        "{\"counts\": \"8 \", \"size\": [2, 4]}      | character 1 of its counts is U+0020:"
            + " expected '0' (U+0030) to 'o' (U+006F)",
        "{\"size\": [2, 4]}                          | its segmentation has no counts",
        "{\"counts\": [8], \"size\": [4, 2]}         | its run lengths are for 4 x 2 pixels, but"
            + " its image has 2 x 4 (height x width)",
        "{\"counts\": [8], \"size\": [8]}            | the size of its run lengths is none:"
            + " expected [height, width]",
        "{\"counts\": [8], \"size\": [-2, -4]}       | the size of its run lengths is none:"
            + " expected [height, width]",
      })
  void aShapeThatIsNoneIsRefusedByTheAnnotationsId(String shape, String reason) throws IOException {
    Path file = write(document(shape));
    assertEquals(file + ": annotation 70: " + reason, read(file, CocoFiles.per(Per.ANNOTATION)));
    assertEquals(file + ": image x: annotation 70: " + reason, read(file, CocoRequest.plain()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                       | is empty: expected a JSON annotation file",
        "7                        | is no annotation file: expected a JSON object or list, found 7",
        "{\"a\": 1, \"b\": {}}    | is no annotation file: expected annotations, frames, masklet,"
            + " or counts and size; found a, b",
        "{}                       | is no annotation file: expected annotations, frames, masklet,"
            + " or counts and size; found nothing",
        "[]                       | holds no annotations: there is nothing to make masks of",
        "{\"annotations\": {}}    | annotations: expected a list, found an object",
        "[[[0, 0, 1, 0, 1, 1]]]   | annotations: expected objects, found a list",
        "[{\"image_id\": 1}] [1]  | holds more than one JSON document: expected one",
        "[{\"image_id\": 1}       | ends within its JSON at line 1, column 17: the file is cut"
            + " short",
        "[{\"id\": 1}]            | none of its 1 annotations has a segmentation: boxes alone are"
            + " no masks",
        "[{\"segmentation\": [[1]]}] | annotation 0 has no image_id (a number or a text)",
        "[{\"segmentation\": \"x\"}] | annotation 0: its segmentation is x: expected polygons or"
            + " run lengths",
        "{\"masklet\": [{}]}      | masklet: expected a list, found an object",
        "{\"categories\": [{\"id\": 1, \"name\": \"a\"}, {\"id\": 1, \"name\": \"b\"}]} |"
            + " category 1 is declared twice, as 'a' and as 'b'",
        "{\"categories\": [{\"name\": \"a\"}]} | categories: an entry has no id: a",
        "{\"images\": [{}]}       | images: entry 0 has no id (an id is a number or a text)",
        "{\"images\": [{\"id\": 1}, {\"id\": 1}]} | images: two entries have the id 1",
        "{\"images\": [], \"annotations\": [{\"id\": 5, \"image_id\": 9, \"segmentation\": [[1]]}]}"
            + " | annotation 5: its image_id 9 is not in the list of images",
        "{\"images\": [{\"id\": 3, \"file_name\": \"a.png\"}, {\"id\": 4, \"file_name\":"
            + " \"a.jpg\"}], \"annotations\": [{\"image_id\": 3, \"segmentation\": [[1]]}]} |"
            + " images 3 and 4 have the same name, 'a', without their extensions: masks need"
            + " different names",
      })
  void aDocumentThatIsNoneIsRefusedWhenItIsOpened(String json, String reason) throws IOException {
    Path file = write(json);
    assertEquals(file + ": " + reason, open(file, CocoRequest.plain()));
  }

  @Test
  void whatIsNoJsonIsRefusedWithItsPlace() throws IOException {
    String message = open(write("{\"annotations\": [1,\n}"), CocoRequest.plain());
    assertTrue(message.contains("annotations: expected objects, found 1"), message);
    message = open(write("version https://git-lfs"), CocoRequest.plain());
    assertTrue(message.contains("a.json: is not JSON at line 1, column "), message);
    message = open(write("[{\"image_id\": 1}]", UTF_16LE), CocoRequest.plain());
    assertTrue(message.endsWith("a.json: is not UTF-8: only JSON in UTF-8 is read"), message);
    Path missing = folder.resolve("missing.json");
    assertEquals(missing + ": no such file", open(missing, CocoRequest.plain()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "{\"annotations\":[", "{\"annotations\":[{\"x\":["})
  void jsonNestedAHundredThousandDeepIsRefused(String opening) throws IOException {
    Path file = write(opening.repeat(100_000));
    String message = open(file, CocoRequest.plain());
    assertTrue(
        message.contains("nested deeper than 200") || message.contains("expected objects"),
        message);
  }

  @Test
  void numbersAndNamesWithoutEndAreRefused() throws IOException {
    assertTrue(
        open(write("[{\"id\": " + "9".repeat(5000) + "}]"), CocoRequest.plain())
            .contains("a number of more than 1000"));
    assertTrue(
        open(write("[{\"" + "n".repeat(5000) + "\": 1}]"), CocoRequest.plain())
            .contains("a member's name of more than 500"));
    assertTrue(
        open(write("[{\"id\": \"" + "n".repeat(200_000) + "\"}]"), CocoRequest.plain())
            .contains("an id or file name of more than 100000"));
  }

  @Test
  void polygonsWithoutASizeAreRefused() throws IOException {
    Path file = write("[{\"id\": 8, \"image_id\": 1, \"segmentation\": [[0, 0, 1, 0, 1, 1]]}]");
    assertEquals(
        file
            + ": annotation 8: its size is unknown: the file's images have no height and width for"
            + " it, and none of its annotations has run lengths with a size",
        read(file, CocoFiles.per(Per.ANNOTATION)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "100000 | 100000 | its image has 100000 x 100000 pixels, more than the 268435456 (16384 x"
            + " 16384) that are read",
        "-1 | 4 | the height or width of its image is no whole number below 2^31",
        "1.5 | 4 | the height or width of its image is no whole number below 2^31",
        "1e18 | 4 | the height or width of its image is no whole number below 2^31",
      })
  void anImageOfAnImpossibleSizeIsRefused(String height, String width, String reason)
      throws IOException {
    String json =
        document("[[0, 0, 1, 0, 1, 1]]")
            .replace("\"height\": 2", "\"height\": " + height)
            .replace("\"width\": 4", "\"width\": " + width);
    Path file = write(json);
    assertEquals(file + ": image x: " + reason, read(file, CocoRequest.plain()));
  }

  @Test
  void twoAnnotationsOfOneImageAndIdAreRefusedWhereTheyNameMasks() throws IOException {
    String one = "{\"id\": 70, \"image_id\": 1, \"category_id\": 1, \"segmentation\": [[0]]}";
    Path file =
        write(
            document("[[0, 0, 3, 0, 3, 1]]")
                .replace("\"annotations\": [", "\"annotations\": [" + one + ", "));
    assertEquals(
        file
            + ": annotation 70: another one of the same image has this id: masks need different"
            + " names",
        open(file, CocoFiles.per(Per.ANNOTATION)));
    assertEquals(1, CocoFiles.items(file, CocoRequest.plain()).size());
  }

  @Test
  void aCategoryThatIsNotThereIsAnsweredWithThoseThatAre() throws IOException {
    Path file = write(document("[[0, 0, 3, 0, 3, 1]]"));
    CocoRequest request = new CocoRequest(Per.IMAGE, List.of("cat"), Crowd.INCLUDE, null);
    assertEquals(file + ": no category 'cat': it has dog", open(file, request));
    Path results = write("[{\"image_id\": 1, \"segmentation\": [[1]]}]");
    assertEquals(results + ": no category 'cat': it has no categories", open(results, request));
    assertEquals(
        results + ": annotation 0 has no category: choose masks per image or per annotation",
        open(results, CocoFiles.per(Per.CATEGORY)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\u0000b", "a\\nb", "\\u0085"})
  void aNameWithControlCharactersIsRefusedInOneLine(String name) throws IOException {
    Path file = write(document("[[0, 0, 3, 0, 3, 1]]").replace("x.jpg", name));
    String message = open(file, CocoRequest.plain());
    assertTrue(message.contains("image 1: the name of its mask is empty or has control"), message);
    assertFalse(message.chars().anyMatch(Character::isISOControl), message);
  }

  @Test
  void aNameOfTenThousandCharactersIsRefused() throws IOException {
    Path file = write(document("[[0, 0, 3, 0, 3, 1]]").replace("x.jpg", "y".repeat(10_000)));
    assertEquals(
        file + ": image 1: the name of its mask has 10000 bytes of UTF-8, more than 4096",
        open(file, CocoRequest.plain()));
  }

  @Test
  void anOutlineWithoutRunLengthsIsRefused() throws IOException {
    Path file =
        write(
            "[{\"name\": \"f.jpg\", \"labels\": [{\"id\": \"q\", \"category\": \"c\", \"poly2d\":"
                + " [{\"vertices\": [[0, 0], [1, 1]]}]}], \"size\": {\"height\": 2, \"width\":"
                + " 2}}]");
    String message = read(file, CocoRequest.plain());
    assertTrue(message.startsWith(file + ": image f: annotation q: it has an outline"), message);
  }

  @Test
  void aFileThatChangesBetweenIsRefused() throws IOException {
    Path file = write(document("[[0, 0, 3, 0, 3, 1]]"));
    MaskItem item = CocoFiles.items(file, CocoRequest.plain()).getFirst();
    Files.writeString(file, " ", UTF_8);
    assertEquals(
        file + ": image x: the file was changed while it was read",
        assertThrows(IOException.class, item::read).getMessage());
    Files.delete(file);
    assertEquals(
        file + ": image x: no such file", assertThrows(IOException.class, item::read).getMessage());
  }

  @Test
  void aPolygonOfAMillionPointsIsFilledInBoundedTime() throws IOException {
    StringJoiner corners = new StringJoiner(",", "[[", "]]");
    for (int at = 0; at < 1_000_000; at++) {
      double angle = at * 2 * Math.PI / 1_000_000;
      corners.add(
          String.format(Locale.ROOT, "%.4f,%.4f", 2 + 2 * Math.cos(angle), 1 + Math.sin(angle)));
    }
    Path file = write(document(corners.toString()));
    PackedMask mask =
        assertTimeout(
            Duration.ofSeconds(20), () -> CocoFiles.masks(file, CocoRequest.plain()).get("x"));
    assertEquals("####\n####\n", CocoFiles.picture(mask));
  }

  @Test
  void aPolygonThatCrossesTheImageTooOftenIsRefused() throws IOException {
    StringJoiner corners = new StringJoiner(",", "[[", "]]");
    for (int at = 0; at < 50_000; at++) {
      corners.add(at % 2 == 0 ? "0,0" : "16384,3");
    }
    String json = document(corners.toString()).replace("\"width\": 4", "\"width\": 16384");
    Path file = write(json);
    assertEquals(
        file
            + ": image x: annotation 70: a polygon of 50000 points crosses columns of the image"
            + " 819250000 times, more than 268435456",
        read(file, CocoRequest.plain()));
  }

  @Test
  void imagesOfSegmentsMustBeThereAndHaveTheSegmentsOfTheFile() throws IOException {
    Path png = folder.resolve("a/p.png");
    assertEquals(png + ": no such file", panoptic("p.png"));
    CocoSourceTest.png(png, 2, 3, 0, 0x0A0000, 0x000100, 0, 0, 0);
    assertEquals(
        png + " has no pixels of segment 65536, which is in segments_info", panoptic("p.png"));
    CocoSourceTest.png(png, 2, 3, 0, 0x0A0000, 0x000100, 1, 0, 0xFF0000);
    assertEquals(
        png + " has pixels of segment 255, which is not in segments_info", panoptic("p.png"));
    CocoSourceTest.png(png, 3, 2, 0, 0, 0, 0, 0, 0);
    assertEquals(
        png + " has 3 x 2 pixels, but the file says 2 x 3 (height x width)", panoptic("p.png"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../p.png", "/etc/p.png", "a/../../p.png", "a\\u0000.png"})
  void imagesOfSegmentsOutsideTheirFolderAreNotOpened(String name) throws IOException {
    assertTrue(panoptic(name).contains("expected a name below the folder"), panoptic(name));
  }

  private String panoptic(String png) throws IOException {
    Path file = write(CocoSourceTest.panoptic(png));
    String message = read(file, CocoRequest.plain());
    String start = file + ": image x: ";
    assertEquals(start, message.substring(0, start.length()));
    return message.substring(start.length());
  }

  private static String document(String shape) {
    return """
    {"images": [{"id": 1, "file_name": "x.jpg", "height": 2, "width": 4}],
     "annotations": [{"id": 70, "image_id": 1, "category_id": 1, "segmentation": %s}],
     "categories": [{"id": 1, "name": "dog"}]}
    """
        .formatted(shape);
  }

  private Path write(String json) throws IOException {
    return write(json, UTF_8);
  }

  private Path write(String json, Charset charset) throws IOException {
    return Files.write(folder.resolve("a.json"), json.getBytes(charset));
  }

  private static String open(Path file, CocoRequest request) {
    return assertThrows(
            IOException.class, () -> CocoSource.open(CocoFiles.file(file), request).close())
        .getMessage();
  }

  private static String read(Path file, CocoRequest request) throws IOException {
    MaskItem item = CocoFiles.items(file, request).getFirst();
    String message = assertThrows(IOException.class, item::read).getMessage();
    assertTrue(message.startsWith(item.origin() + ": "), message);
    return message;
  }
}
