package dev.maskmap.convert.coco;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.coco.CocoRequest.Crowd;
import dev.maskmap.convert.coco.CocoRequest.Per;
import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.PackedMask;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What masks an annotation file gives, in which order and under which names. */
class CocoSourceTest {
  /** Two images of three, two categories of one name, a crowd, a box; sections in odd order. */
  private static final String COCO =
      """
      {"info": {"deep": [[{"a": null}]]},
       "annotations": [
         {"segmentation": [[1, 0, 3, 0, 3, 2, 1, 2]], "id": 11, "image_id": 2, "category_id": 7,
          "area": -1},
         {"id": 12, "image_id": 1, "category_id": 8, "iscrowd": 1,
          "segmentation": {"counts": [0, 2, 6], "size": [2, 4]}},
         {"id": 13, "image_id": 2, "category_id": 9, "segmentation": [[0, 1, 1, 1, 1, 2, 0, 2]]},
         {"id": 14, "image_id": 2, "category_id": 8, "segmentation": [], "bbox": [0, 0, 1, 1]}],
       "categories": [{"id": 7, "name": "cat"}, {"id": 8, "name": "dog"}, {"id": 9, "name": "cat"}],
       "images": [
         {"id": 3, "file_name": "c.png", "height": 1, "width": 9},
         {"id": 2, "file_name": "train/b.v1.jpg", "height": 2, "width": 4},
         {"id": 1, "file_name": "train/a.jpg", "height": 2, "width": 4}]}
      """;

  @TempDir Path folder;

  @Test
  void eachImageOfTheListHasOneMaskInItsOrderEvenAnEmptyOne() throws IOException {
    assertEquals(
        List.of("c: .........", "train/b.v1: .##. ###.", "train/a: #... #..."),
        masks(COCO, CocoRequest.plain()));
  }

  @Test
  void eachAnnotationHasOneMaskInTheOrderOfTheFile() throws IOException {
    assertEquals(
        List.of(
            "train/b.v1/11: .##. .##.",
            "train/a/12: #... #...",
            "train/b.v1/13: .... #...",
            "train/b.v1/14: .... ...."),
        masks(COCO, CocoFiles.per(Per.ANNOTATION)));
  }

  @Test
  void eachCategoryOfAnImageHasOneMaskAndTwoIdsOfOneNameAreOne() throws IOException {
    assertEquals(
        List.of("train/b.v1/cat: .##. ###.", "train/b.v1/dog: .... ....", "train/a/dog: #... #..."),
        masks(COCO, CocoFiles.per(Per.CATEGORY)));
  }

  @Test
  void categoriesAreChosenByNameOrId() throws IOException {
    assertEquals(
        List.of("c: .........", "train/b.v1: .##. ###.", "train/a: .... ...."),
        masks(COCO, request(Per.IMAGE, List.of("cat"), Crowd.INCLUDE)));
    assertEquals(
        List.of("train/b.v1/13: .... #..."),
        masks(COCO, request(Per.ANNOTATION, List.of("9"), Crowd.INCLUDE)));
    assertEquals(
        masks(COCO, CocoRequest.plain()),
        masks(COCO, request(Per.IMAGE, List.of("dog", "cat"), Crowd.INCLUDE)));
  }

  @Test
  void crowdsAreForegroundUnlessTheyAreSkipped() throws IOException {
    assertEquals(
        List.of("c: .........", "train/b.v1: .##. ###.", "train/a: .... ...."),
        masks(COCO, request(Per.IMAGE, List.of(), Crowd.SKIP)));
    assertEquals(3, masks(COCO, request(Per.ANNOTATION, List.of(), Crowd.SKIP)).size());
    assertEquals(
        List.of("train/b.v1/cat: .##. ###.", "train/b.v1/dog: .... ...."),
        masks(COCO, request(Per.CATEGORY, List.of(), Crowd.SKIP)));
  }

  @Test
  void anAnnotationWithoutSegmentationIsEmptyAndIsNoted() throws IOException {
    Path file = CocoFiles.write(folder, COCO);
    String note = "an annotation without segmentation adds no pixels";
    Map<String, PackedMask> each = CocoFiles.masks(file, CocoFiles.per(Per.ANNOTATION));
    assertEquals(note, each.get("train/b.v1/14").note());
    assertEquals("", each.get("train/b.v1/13").note());
    assertEquals(note, CocoFiles.masks(file, CocoRequest.plain()).get("train/b.v1").note());
  }

  @Test
  void itemsSayWhereTheyAreFromAndHowManyBytesTheyStandFor() throws IOException {
    Path file = CocoFiles.write(folder, COCO);
    MaskItem image = CocoFiles.items(file, CocoRequest.plain()).get(2);
    assertEquals(file + ": image train/a", image.origin());
    assertEquals("{\"counts\": [0, 2, 6], \"size\": [2, 4]}".length(), image.bytes());
    MaskItem annotation = CocoFiles.items(file, CocoFiles.per(Per.ANNOTATION)).get(1);
    assertEquals(file + ": annotation 12", annotation.origin());
  }

  @Test
  void resultsHaveNoListOfImagesAndAreCalledByTheirImagesIds() throws IOException {
    String results =
        """
        [{"image_id": 42, "category_id": 1, "score": 0.5,
          "segmentation": {"size": [2, 2], "counts": "112"}},
         {"image_id": 7.0, "category_id": 2, "score": NaN,
          "segmentation": {"size": [1, 3], "counts": [3]}},
         {"image_id": 42, "category_id": 1, "segmentation": {"size": [2, 2], "counts": "04"}}]
        """;
    assertEquals(List.of("42: ## ##", "7: ..."), masks(results, CocoRequest.plain()));
    assertEquals(
        List.of("42/0: .. #.", "7/1: ...", "42/2: ## ##"),
        masks(results, CocoFiles.per(Per.ANNOTATION)));
    assertEquals(List.of("42/1: ## ##", "7/2: ..."), masks(results, CocoFiles.per(Per.CATEGORY)));
    // The size of image 42 is that of its annotations, though none of them is foreground.
    assertEquals(
        List.of("42: .. ..", "7: ..."),
        masks(results, request(Per.IMAGE, List.of("2"), Crowd.INCLUDE)));
  }

  @Test
  void runLengthsAloneAreMasksOfTheFileOrByNumber() throws IOException {
    assertEquals(
        List.of("a: #. #."), masks("{\"size\":[2,2],\"counts\":[0,2,2]}", CocoRequest.plain()));
    assertEquals(
        List.of("a/00000: #. #.", "a/00001: .#"),
        masks(
            "[{\"size\":[2,2],\"counts\":\"022\"},{\"counts\":\"11\",\"size\":[1,2]}]",
            CocoRequest.plain()));
  }

  @Test
  void framesOfScalabelHaveNamesAndTheirLabelsRunLengths() throws IOException {
    String frames =
        """
        [{"labels": [
            {"id": "x", "category": "car", "poly2d": [{"vertices": [[0, 0]]}],
             "rle": {"counts": "022", "size": [2, 2]}},
            {"id": "y", "category": "bus", "rle": null, "box2d": {"x1": 0}}],
          "name": "night/0001.png", "size": {"width": 2, "height": 2}},
         {"name": "night/0002.png", "labels": null, "size": {"width": 1, "height": 1}},
         {"name": "night/0003.png", "size": {"width": 1, "height": 1}}]
        """;
    for (String document : List.of(frames, "{\"frames\": " + frames + ", \"groups\": null}")) {
      assertEquals(
          List.of("night/0001: #. #.", "night/0002: .", "night/0003: ."),
          masks(document, CocoRequest.plain()));
      assertEquals(
          List.of("night/0001/car: #. #.", "night/0001/bus: .. .."),
          masks(document, CocoFiles.per(Per.CATEGORY)));
    }
  }

  @Test
  void masksOfSegmentAnythingAreOfItsOneImageOrOfFrames() throws IOException {
    String image =
        """
        {"annotations": [{"id": 5, "segmentation": {"size": [2, 2], "counts": "112"}}],
         "image": {"image_id": 1, "height": 2, "width": 2, "file_name": "sa_1.jpg"}}
        """;
    assertEquals(List.of("sa_1: .. #."), masks(image, CocoRequest.plain()));
    String video =
        """
        {"masklet": [[{"size": [1, 2], "counts": "2"}, {"size": [1, 2], "counts": "11"}],
                     [{"size": [1, 2], "counts": "011"}]],
         "video_id": "sav_1"}
        """;
    assertEquals(List.of("sav_1/00000: .#", "sav_1/00001: #."), masks(video, CocoRequest.plain()));
    assertEquals(
        List.of("sav_1/00000/0: ..", "sav_1/00000/1: .#", "sav_1/00001/0: #."),
        masks(video, CocoFiles.per(Per.ANNOTATION)));
  }

  @Test
  void namesMayBeOfAnyScriptAndTheFileMayBeginWithAByteOrderMark() throws IOException {
    String json = "\uFEFF" + COCO.replace("train/a.jpg", "öl/日本.jpg");
    assertTrue(masks(json, CocoRequest.plain()).contains("öl/日本: #... #..."));
  }

  @Test
  void segmentsOfPanopticImagesAreMasks() throws IOException {
    png(folder.resolve("a/seg/1.png"), 2, 3, 0x000000, 0x0A0000, 0x000100, 0x0A0000, 0, 0x000001);
    String json = panoptic("seg/1.png");
    assertEquals(List.of("x: .## #.#"), masks(json, CocoRequest.plain()));
    assertEquals(
        List.of("x/10: .#. #..", "x/256: ..# ...", "x/65536: ... ..#"),
        masks(json, CocoFiles.per(Per.ANNOTATION)));
    assertEquals(
        List.of("x/tree: .#. #.#", "x/sky: ..# ..."), masks(json, CocoFiles.per(Per.CATEGORY)));
    assertEquals(
        List.of("x: ... ..."), masks(json, request(Per.IMAGE, List.of("cloud"), Crowd.INCLUDE)));
    png(folder.resolve("other/seg/1.png"), 2, 3, 0, 0, 0, 0x0A0000, 0x000100, 0x000001);
    CocoRequest elsewhere =
        new CocoRequest(Per.IMAGE, List.of("sky"), Crowd.INCLUDE, folder.resolve("other"));
    assertEquals(List.of("x: ... .#."), masks(json, elsewhere));
    MaskItem item = CocoFiles.items(folder.resolve("a.json"), elsewhere).getFirst();
    assertEquals(Files.size(folder.resolve("other/seg/1.png")), item.bytes());
  }

  static String panoptic(String png) {
    return """
    {"images": [{"id": 1, "file_name": "x.jpg", "height": 2, "width": 3}],
     "annotations": [{"segments_info": [
        {"id": 10, "category_id": 1}, {"id": 256, "category_id": 2},
        {"id": 65536, "category_id": 1}], "file_name": "%s", "image_id": 1}],
     "categories": [{"id": 1, "name": "tree"}, {"id": 2, "name": "sky"},
        {"id": 3, "name": "cloud"}]}
    """
        .formatted(png);
  }

  static void png(Path file, int height, int width, int... colors) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, width, height, colors, 0, width);
    Files.createDirectories(file.getParent());
    assertTrue(ImageIO.write(image, "png", file.toFile()));
  }

  private static CocoRequest request(Per per, List<String> categories, Crowd crowd) {
    return new CocoRequest(per, categories, crowd, null);
  }

  private List<String> masks(String json, CocoRequest request) throws IOException {
    Path file = folder.resolve("a.json");
    Files.write(file, json.getBytes(StandardCharsets.UTF_8));
    List<String> pictures = new ArrayList<>();
    CocoFiles.masks(file, request)
        .forEach(
            (name, mask) ->
                pictures.add(name + ": " + CocoFiles.picture(mask).strip().replace('\n', ' ')));
    return pictures;
  }
}
