package dev.maskmap.convert.coco;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.maskmap.convert.coco.CocoRequest.Per;
import dev.maskmap.testing.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.StringJoiner;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/** Random polygons, many a file, against the reference's steps in Python. */
@Tag("once")
class PolygonProps {
  private static final int POLYGONS = 400;

  @Property(tries = 6, shrinking = ShrinkingMode.OFF)
  void polygonsEqualTheReferenceWhereverTheirCornersLie(@ForAll long seed) throws IOException {
    assertEqualToTheReference(document(new Random(seed), POLYGONS, 0), POLYGONS);
  }

  /** Few, because the reference walks all the way to each corner. */
  @Property(tries = 2, shrinking = ShrinkingMode.OFF)
  void soDoThoseWithCornersAHundredThousandPixelsAway(@ForAll long seed) throws IOException {
    assertEqualToTheReference(document(new Random(seed), 8, 5000), 8);
  }

  private static void assertEqualToTheReference(String document, int polygons) throws IOException {
    Path folder = Files.createTempDirectory("polygons");
    Path file = CocoFiles.write(folder, document);
    String printed = Python.require("numpy").run(CocoFiles.oracle(), file.toString());
    List<String> expected =
        printed.lines().filter(line -> line.contains("\tannotation\t")).sorted().toList();
    List<String> found = CocoFiles.lines(file, Per.ANNOTATION).stream().sorted().toList();
    assertEquals(polygons, expected.size());
    for (int at = 0; at < polygons; at++) {
      assertEquals(expected.get(at), found.get(at), () -> "in " + file);
    }
    Files.delete(file);
    Files.delete(folder);
  }

  private static String document(Random random, int polygonCount, double far) {
    StringJoiner images = new StringJoiner(",");
    StringJoiner annotations = new StringJoiner(",\n");
    for (int id = 0; id < polygonCount; id++) {
      int height = 1 + random.nextInt(40);
      int width = 1 + random.nextInt(40);
      images.add(
          "{\"id\":%d,\"file_name\":\"%d.jpg\",\"height\":%d,\"width\":%d}"
              .formatted(id, id, height, width));
      StringJoiner polygons = new StringJoiner(",");
      for (int more = random.nextInt(3); more >= 0; more--) {
        polygons.add(polygon(random, height, width, far));
      }
      annotations.add(
          "{\"id\":%d,\"image_id\":%d,\"category_id\":1,\"segmentation\":[%s]}"
              .formatted(id, id, polygons));
    }
    return "{\"annotations\":[%s],\"images\":[%s],\"categories\":[{\"id\":1,\"name\":\"a\"}]}"
        .formatted(annotations, images);
  }

  /** On whole pixels, on the grid of fifths, or anywhere; near the image or far outside. */
  private static String polygon(Random random, int height, int width, double far) {
    double[] grids = {1, 2, 5, 10, 1000};
    double grid = grids[random.nextInt(grids.length)];
    double[] spreads = {0.2, 1, 1.5, 4, 200};
    double spread = far > 0 ? far : spreads[random.nextInt(spreads.length)];
    StringJoiner corners = new StringJoiner(",", "[", "]");
    double x = 0;
    double y = 0;
    for (int left = 3 + random.nextInt(9); left > 0; left--) {
      // Now and then a corner is repeated, or lies above or beside the one before.
      x = random.nextInt(5) == 0 ? x : coordinate(random, width, spread, grid);
      y = random.nextInt(5) == 0 ? y : coordinate(random, height, spread, grid);
      corners.add(String.format(Locale.ROOT, "%.3f,%.3f", x, y));
    }
    return corners.toString();
  }

  private static double coordinate(Random random, int size, double spread, double grid) {
    double value = size * (0.5 + spread * (random.nextDouble() - 0.5));
    return Math.rint(value * grid) / grid;
  }
}
