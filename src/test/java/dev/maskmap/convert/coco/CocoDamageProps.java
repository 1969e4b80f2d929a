package dev.maskmap.convert.coco;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.coco.CocoRequest.Per;
import dev.maskmap.convert.pixels.MaskItem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Damage of any kind is answered in one line that names the file, or does not matter. */
class CocoDamageProps {
  private static final List<String> DOCUMENTS =
      List.of(
          """
          {"images":[{"id":1,"file_name":"x.jpg","height":9,"width":7},{"id":2,"file_name":"y"}],
           "annotations":[{"id":3,"image_id":1,"category_id":4,"segmentation":[[0,1,5,1,5.5,7]]},
            {"id":4,"image_id":2,"iscrowd":1,"segmentation":{"counts":[1,3],"size":[2,2]}}],
           "categories":[{"id":4,"name":"c"}]}
          """,
          """
          {"annotations":[{"image_id":1,"file_name":"n.png","segments_info":[{"id":7,"labels":[]}]},
            {"name":"f","labels":[{"id":"l","rle":{"counts":"04","size":[2,2]}}]}],"image":{"id":1},
           "masklet":[[{"counts":"04","size":[2,2]},null]],"video_id":"v","counts":[4],"size":[2,2]}
          """,
          """
          [{"image_id":1,"segmentation":{"counts":"04","size":[2,2]},"score":0.5},
           {"counts":"112","size":[2,2]},{"name":"f","size":{"width":2,"height":2},"poly2d":[1],
            "labels":[{"id":1,"category":"c","rle":{"counts":"112","size":[2,2]}}]}]
          """);

  private static final String MARKS = "[]{},:\"0123456789-.eE\\ntf~";

  @Property(tries = 500, shrinking = ShrinkingMode.OFF)
  void damageIsAnsweredInOneLine(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    String text = DOCUMENTS.get(random.nextInt(DOCUMENTS.size())).replaceAll("\\s", "");
    StringBuilder damaged = new StringBuilder(text);
    for (int more = random.nextInt(4); more > 0 && damaged.length() > 1; more--) {
      damage(damaged, random);
    }
    Path file = Files.createTempFile("damaged", ".json");
    try {
      Files.writeString(file, damaged, StandardCharsets.UTF_8);
      readAll(file, Per.values()[random.nextInt(3)]);
    } catch (RuntimeException e) {
      throw new AssertionError(damaged.toString(), e);
    } finally {
      Files.delete(file);
    }
  }

  private static void damage(StringBuilder text, Random random) {
    int at = random.nextInt(text.length());
    int end = Math.min(text.length(), at + 1 + random.nextInt(12));
    switch (random.nextInt(4)) {
      case 0 -> text.setCharAt(at, MARKS.charAt(random.nextInt(MARKS.length())));
      case 1 -> text.delete(at, end);
      case 2 -> text.insert(random.nextInt(text.length()), text.substring(at, end));
      default -> text.insert(at, MARKS.charAt(random.nextInt(MARKS.length())));
    }
  }

  private static void readAll(Path file, Per per) {
    List<MaskItem> items;
    try {
      items = CocoFiles.items(file, CocoFiles.per(per));
    } catch (IOException e) {
      assertOneLine(file.toString(), e);
      return;
    }
    for (MaskItem item : items) {
      try {
        assertEquals("", item.read().note().replaceAll("an annotation.*", ""));
      } catch (IOException e) {
        assertOneLine(item.origin(), e);
      }
    }
  }

  private static void assertOneLine(String start, IOException e) {
    String message = e.getMessage();
    assertTrue(message.startsWith(start + ": "), message);
    assertTrue(message.chars().noneMatch(Character::isISOControl), message);
    assertTrue(!message.endsWith("null") || message.endsWith("found null"), message);
  }
}
