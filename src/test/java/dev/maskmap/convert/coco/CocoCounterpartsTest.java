package dev.maskmap.convert.coco;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.coco.CocoRequest.Per;
import dev.maskmap.convert.image.ImageDecoder;
import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.PackedMask;
import dev.maskmap.testing.SharedMasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same real masks, published as annotations and as images: two truths that are not ours. */
@Tag("once")
class CocoCounterpartsTest {
  private static final String PANOPTIC =
      "panopticapi__sample_data_panoptic_coco_detection_format.json";

  @Test
  void theLabelsOfABdd100kImageAreTheValuesOfItsBitmask() throws IOException {
    DecodedImage image =
        ImageDecoder.read(SharedMasks.folder("labels").resolve("bdd100k__to_rle_test-mask.png"));
    for (String file :
        List.of("bdd100k__to_rle_test-rle.json", "bdd100k__to_rle_test-out-rle.json")) {
      Path path = SharedMasks.folder("coco").resolve(file);
      assertEquals(
          11, valuesOf(CocoFiles.masks(path, CocoFiles.per(Per.ANNOTATION)), image).size());
    }
  }

  @Test
  void theSegmentsOfCocosPanopticExampleAreTheColoursOfItsImage() throws IOException {
    Path path = SharedMasks.folder("coco").resolve(PANOPTIC);
    Map<String, PackedMask> all = CocoFiles.masks(path, CocoFiles.per(Per.ANNOTATION));
    assertEquals(18, valuesOf(of(all, "000000142238/"), png("142238", "")).size());
    assertEquals(18, valuesOf(of(all, "000000142238/"), png("142238", "2ch_format_")).size());
    assertEquals(32, valuesOf(of(all, "000000439180/"), png("439180", "2ch_format_")).size());
  }

  @Test
  void aPanopticFileOfThoseImagesGivesTheMasksOfTheRunLengths(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("panoptic_val.json");
    Files.writeString(
        file,
        "{\"annotations\":[%s,%s],\"images\":[%s,%s]}"
            .formatted(
                segments(folder, "142238", ""),
                segments(folder, "439180", "2ch_format_"),
                "{\"id\":142238,\"file_name\":\"000000142238.jpg\",\"height\":427,\"width\":640}",
                "{\"id\":439180,\"file_name\":\"000000439180.jpg\",\"height\":360,\"width\":640}"));
    Path path = SharedMasks.folder("coco").resolve(PANOPTIC);
    assertEquals(pictures(path, CocoRequest.plain()), pictures(file, CocoRequest.plain()));
    CocoRequest each = CocoFiles.per(Per.ANNOTATION);
    Set<String> expected = new HashSet<>(pictures(path, each).values());
    assertEquals(expected, new HashSet<>(pictures(file, each).values()));
    assertEquals(50, pictures(file, each).size());
  }

  /** Checks that each mask is all pixels of one value, and returns the values. */
  private static Set<Integer> valuesOf(Map<String, PackedMask> masks, DecodedImage image) {
    Set<Integer> values = new TreeSet<>();
    masks.forEach(
        (name, mask) -> {
          assertEquals(image.height(), mask.height(), name);
          assertEquals(image.width(), mask.width(), name);
          int first = CocoFiles.picture(mask).replace("\n", "").indexOf('#');
          int value = (int) image.values().at(first);
          assertEquals(picture(image, value), CocoFiles.picture(mask), name);
          assertTrue(values.add(value), "two masks of one value");
        });
    return values;
  }

  private static String picture(DecodedImage image, int value) {
    StringBuilder out = new StringBuilder();
    for (int y = 0, at = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++, at++) {
        out.append((int) image.values().at(at) == value ? '#' : '.');
      }
      out.append('\n');
    }
    return out.toString();
  }

  private static Map<String, PackedMask> of(Map<String, PackedMask> masks, String prefix) {
    Map<String, PackedMask> some = new HashMap<>(masks);
    some.keySet().removeIf(name -> !name.startsWith(prefix));
    return some;
  }

  private static Map<String, String> pictures(Path file, CocoRequest request) throws IOException {
    Map<String, String> pictures = new HashMap<>();
    CocoFiles.masks(file, request)
        .forEach((name, mask) -> pictures.put(name, CocoFiles.picture(mask)));
    return pictures;
  }

  private static Path path(String id, String kind) {
    return SharedMasks.folder("labels")
        .resolve("panopticapi__panoptic_examples_%s000000%s.png".formatted(kind, id));
  }

  private static DecodedImage png(String id, String kind) throws IOException {
    return ImageDecoder.read(path(id, kind));
  }

  /** A panoptic annotation of the colours of an image, which goes where it is looked for. */
  private static String segments(Path folder, String id, String kind) throws IOException {
    Path images = Files.createDirectories(folder.resolve("panoptic_val"));
    Files.copy(path(id, kind), images.resolve(id + ".png"));
    DecodedImage image = png(id, kind);
    Set<Integer> colors = new TreeSet<>();
    for (int at = 0; at < image.values().length(); at++) {
      colors.add((int) image.values().at(at));
    }
    colors.remove(0);
    StringJoiner segments = new StringJoiner(",");
    for (int color : colors) {
      int segment = (color >> 16) + 256 * (color >> 8 & 0xFF) + 65536 * (color & 0xFF);
      segments.add("{\"id\":%d,\"category_id\":1}".formatted(segment));
    }
    return "{\"segments_info\":[%s],\"file_name\":\"%s.png\",\"image_id\":%s}"
        .formatted(segments, id, id);
  }
}
