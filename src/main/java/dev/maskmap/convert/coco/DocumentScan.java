package dev.maskmap.convert.coco;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonToken;

/**
 * Reads an annotation file from end to end, once, and notes where its shapes are. Nothing of the
 * shapes is kept. It knows these layouts:
 *
 * <ul>
 *   <li>COCO: an object with {@code images}, {@code annotations}, {@code categories} in any order,
 *       the annotations with {@code segmentation} or {@code segments_info} (panoptic)
 *   <li>COCO results: a list of annotations
 *   <li>Segment Anything: an object with one {@code image} and its {@code annotations}
 *   <li>Scalabel and BDD100K: {@code frames}, or a list of frames, with {@code labels} that have an
 *       {@code rle}
 *   <li>Segment Anything Video: {@code masklet}, a list of frames, each a list of run lengths
 *   <li>run lengths alone: one object with {@code counts} and {@code size}, or a list of them
 * </ul>
 */
final class DocumentScan {
  private final JsonTokens json;
  private final IndexBuilder index;
  private final ObjectScan objects;
  private final List<String> unknown = new ArrayList<>();
  private boolean known;
  private boolean lengths;
  private boolean size;

  DocumentScan(JsonTokens json, IndexBuilder index) {
    this.json = json;
    this.index = index;
    this.objects = new ObjectScan(json, index);
  }

  /**
   * Reads everything.
   *
   * @throws IOException if it is in none of the layouts, or if a part of it is not as its layout
   *     wants it
   * @throws tools.jackson.core.JacksonException if it is not JSON
   */
  void run() throws IOException {
    JsonToken first = json.next();
    if (first == JsonToken.START_OBJECT) {
      document(json.offset());
    } else if (first == JsonToken.START_ARRAY) {
      objects.elements();
    } else {
      throw new IOException(
          first == null
              ? "is empty: expected a JSON annotation file"
              : "is no annotation file: expected a JSON object or list, found " + json.shown());
    }
    if (json.next() != null) {
      throw new IOException("holds more than one JSON document: expected one");
    }
    index.finish();
  }

  private void document(long start) throws IOException {
    for (String member = json.nextMember(); member != null; member = json.nextMember()) {
      member(member);
    }
    if (lengths && size) {
      Draft draft = new Draft();
      draft.shape = json.extentFrom(start, false);
      index.addAnnotation(draft, index.addSingle());
      known = true;
    }
    if (!known) {
      throw new IOException(
          "is no annotation file: expected annotations, frames, masklet, or counts and size; found "
              + (unknown.isEmpty() ? "nothing" : String.join(", ", unknown)));
    }
  }

  private void member(String member) throws IOException {
    switch (member) {
      case "images" -> {
        index.imagesListed = true;
        requireList(member);
        while (json.nextElement()) {
          objects.image();
        }
      }
      case "image" -> soleImage();
      case "categories" -> {
        requireList(member);
        while (json.nextElement()) {
          objects.category();
        }
      }
      case "annotations", "frames" -> {
        known = true;
        requireList(member);
        objects.elements();
      }
      case "masklet" -> {
        known = true;
        requireList(member);
        masklets();
      }
      case "video_id" -> {
        String video = json.text();
        index.series = video == null ? index.series : video;
      }
      case "counts" -> lengths = json.at(JsonToken.VALUE_STRING) || list();
      case "size" -> size = list();
      default -> unknown(member);
    }
  }

  private void soleImage() throws IOException {
    if (json.at(JsonToken.START_OBJECT)) {
      objects.soleImage();
    } else {
      json.skip();
    }
  }

  private void unknown(String member) {
    if (unknown.size() < 8) {
      unknown.add(member);
    }
    json.skip();
  }

  private boolean list() {
    boolean list = json.at(JsonToken.START_ARRAY);
    json.skip();
    return list;
  }

  private void requireList(String member) throws IOException {
    if (!json.at(JsonToken.START_ARRAY)) {
      throw new IOException("%s: expected a list, found %s".formatted(member, json.shown()));
    }
  }

  private void masklets() throws IOException {
    while (json.nextElement()) {
      requireList("masklet");
      int image = index.addNumbered();
      for (int object = 0; json.nextElement(); object++) {
        Draft draft = new Draft();
        draft.id = Integer.toString(object);
        draft.shape = json.at(JsonToken.START_OBJECT) ? json.skipValue() : null;
        index.addAnnotation(draft, image);
      }
    }
  }
}
