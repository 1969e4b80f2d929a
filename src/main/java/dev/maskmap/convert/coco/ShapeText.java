package dev.maskmap.convert.coco;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;

/**
 * The shape of one annotation as its file has it: a list of polygons, or an object with {@code
 * counts} and {@code size}. Nothing is kept of it but the text: run lengths go into the mask one by
 * one, and polygons one at a time. Used by one thread.
 */
final class ShapeText {
  private final byte[] text;

  /** A shape of this JSON text. */
  ShapeText(byte[] text) {
    this.text = text;
  }

  /** Says whether it has polygons, which carry no size, and not run lengths. */
  boolean isPolygons() {
    return text.length > 0 && text[0] == '[';
  }

  /**
   * Returns height and width as run lengths give them, or null where they do not.
   *
   * @throws IOException if they give a size that is none
   */
  int @Nullable [] size() throws IOException {
    if (isPolygons()) {
      return null;
    }
    int[] size = null;
    try (JsonTokens json = new JsonTokens(text)) {
      json.next();
      for (String member = json.nextMember(); member != null; member = json.nextMember()) {
        if (member.equals("size")) {
          size = pair(json);
        } else {
          json.skip();
        }
      }
    } catch (JacksonException e) {
      throw JsonTokens.refusal(e);
    }
    return size;
  }

  private static int[] pair(JsonTokens json) throws IOException {
    int[] pair = new int[2];
    int count = 0;
    if (json.at(JsonToken.START_ARRAY)) {
      for (; json.nextElement(); count++) {
        int number = json.whole();
        if (count < 2) {
          pair[count] = number;
        }
      }
    }
    if (count != 2 || pair[0] < 1 || pair[1] < 1) {
      throw new IOException("the size of its run lengths is none: expected [height, width]");
    }
    return pair;
  }

  /**
   * Adds the shape to a mask.
   *
   * @throws IOException if it is not as COCO wants it, or does not fit the mask
   */
  void draw(MaskCanvas canvas) throws IOException {
    try (JsonTokens json = new JsonTokens(text)) {
      if (json.next() == JsonToken.START_ARRAY) {
        polygons(json, canvas);
      } else {
        runs(json, canvas);
      }
    } catch (JacksonException e) {
      throw JsonTokens.refusal(e);
    }
  }

  private static void runs(JsonTokens json, MaskCanvas canvas) throws IOException {
    boolean found = false;
    for (String member = json.nextMember(); member != null; member = json.nextMember()) {
      if (member.equals("counts") && !found) {
        RunDecoder runs = canvas.runs();
        counts(json, runs);
        runs.finish();
        found = true;
      } else {
        json.skip();
      }
    }
    if (!found) {
      throw new IOException("its segmentation has no counts");
    }
  }

  private static void counts(JsonTokens json, RunDecoder runs) throws IOException {
    if (json.at(JsonToken.VALUE_STRING)) {
      CocoRle.decode(json.string(), runs);
      return;
    }
    if (!json.at(JsonToken.START_ARRAY)) {
      throw new IOException("its counts are %s: expected a text or a list".formatted(json.shown()));
    }
    while (json.nextElement()) {
      if (!json.isNumber()) {
        throw new IOException("its counts hold %s: expected numbers".formatted(json.shown()));
      }
      runs.add(json.integer());
    }
  }

  private static void polygons(JsonTokens json, MaskCanvas canvas) throws IOException {
    double[] corners = new double[64];
    for (int polygon = 1; json.nextElement(); polygon++) {
      if (!json.at(JsonToken.START_ARRAY)) {
        throw new IOException(
            "its segmentation is a list of %s: expected a list of polygons [[x, y, x, y, ...], ...]"
                .formatted(json.isNumber() ? "numbers" : "something else (" + json.shown() + ")"));
      }
      int count = 0;
      while (json.nextElement()) {
        if (count == corners.length) {
          corners = Arrays.copyOf(corners, 2 * count);
        }
        corners[count++] = coordinate(json, polygon);
      }
      check(polygon, count);
      if (count > 0) {
        canvas.fill(corners, count);
      }
    }
  }

  private static double coordinate(JsonTokens json, int polygon) throws IOException {
    if (!json.isNumber()) {
      throw new IOException(
          "polygon %d holds %s: expected numbers x, y, x, y, ...".formatted(polygon, json.shown()));
    }
    double value = json.real();
    if (!(Math.abs(value) <= PolygonRaster.MAX_COORDINATE)) {
      throw new IOException(
          "polygon %d has the coordinate %s: expected a number of at most 2^27 either way"
              .formatted(polygon, json.shown()));
    }
    return value;
  }

  private static void check(int polygon, int count) throws IOException {
    if (count % 2 != 0) {
      throw new IOException(
          "polygon %d has %d numbers: expected pairs of x and y".formatted(polygon, count));
    }
    if (count == 2 || count == 4) {
      throw new IOException(
          "polygon %d has %s: expected 3 points or more; delete it, it encloses nothing"
              .formatted(polygon, count == 2 ? "1 point" : "2 points"));
    }
  }
}
