package dev.maskmap.convert.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.maskmap.convert.coco.CocoRle;
import dev.maskmap.convert.pixels.PackedMask;
import dev.maskmap.internal.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Masks as one COCO instance document: each mask is an image of its size and one annotation, also
 * where it is empty, so that none is lost. Written object by object, one a line, in UTF-8.
 */
record CocoDocument(MaskSelection masks) {
  private static final String CATEGORY = "{\"id\": 1, \"name\": \"foreground\"}";

  void write(MaskWork work, OutputStream out) throws IOException, InterruptedException {
    text(out, "{\"images\": [");
    for (int i = 0; i < masks.size(); i++) {
      text(out, separator(i) + Json.write(image(i)));
    }
    text(out, "\n], \"annotations\": [");
    work.run(i -> Json.write(annotation(i)), (i, json) -> text(out, separator(i) + json));
    text(out, "\n], \"categories\": [" + CATEGORY + "]}\n");
  }

  private static String separator(int i) {
    return i == 0 ? "\n" : ",\n";
  }

  /** Ids count from 1: some tools take 0 for none. */
  private Map<String, Object> image(int i) {
    Map<String, Object> image = new LinkedHashMap<>();
    image.put("id", i + 1);
    image.put("file_name", masks.name(i) + MaskFormat.PNG.extension());
    image.put("height", masks.height(i));
    image.put("width", masks.width(i));
    return image;
  }

  private Map<String, Object> annotation(int i) {
    PackedMask mask = masks.packed(i);
    Map<String, Object> segmentation = new LinkedHashMap<>();
    segmentation.put("size", List.of(mask.height(), mask.width()));
    segmentation.put("counts", CocoRle.encode(mask));
    Map<String, Object> annotation = new LinkedHashMap<>();
    annotation.put("id", i + 1);
    annotation.put("image_id", i + 1);
    annotation.put("category_id", 1);
    annotation.put("iscrowd", 0);
    annotation.put("area", masks.area(i));
    annotation.put("bbox", MaskBox.of(mask).toList());
    annotation.put("segmentation", segmentation);
    return annotation;
  }

  private static void text(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(UTF_8));
  }
}
