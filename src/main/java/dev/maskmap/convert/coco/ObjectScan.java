package dev.maskmap.convert.coco;

import java.io.IOException;
import tools.jackson.core.JsonToken;

/**
 * Reads the objects of an annotation file: images, categories, annotations, frames and their
 * labels. Used by one thread.
 */
final class ObjectScan {
  private final JsonTokens json;
  private final IndexBuilder index;

  ObjectScan(JsonTokens json, IndexBuilder index) {
    this.json = json;
    this.index = index;
  }

  /** Reads an entry of the list of images. */
  void image() throws IOException {
    requireObject("images");
    index.addImage(imageDraft());
  }

  /** Reads the one image of a file that has no list of images. */
  void soleImage() throws IOException {
    index.setSoleImage(imageDraft());
  }

  private Draft imageDraft() {
    Draft draft = new Draft();
    String url = null;
    for (String member = json.nextMember(); member != null; member = json.nextMember()) {
      switch (member) {
        case "id" -> draft.id = json.text();
        case "image_id" -> draft.imageId = json.text();
        case "file_name" -> draft.fileName = json.text();
        case "coco_url" -> url = json.text();
        case "height" -> draft.height = json.whole();
        case "width" -> draft.width = json.whole();
        default -> json.skip();
      }
    }
    if (draft.fileName == null && url != null) {
      // LVIS has no file names: its images are those of COCO.
      draft.fileName = url.substring(url.lastIndexOf('/') + 1);
    }
    return draft;
  }

  /** Reads an entry of the list of categories. */
  void category() throws IOException {
    requireObject("categories");
    String id = null;
    String name = null;
    for (String member = json.nextMember(); member != null; member = json.nextMember()) {
      switch (member) {
        case "id" -> id = json.text();
        case "name" -> name = json.text();
        default -> json.skip();
      }
    }
    if (id == null) {
      throw new IOException("categories: an entry has no id" + (name == null ? "" : ": " + name));
    }
    index.categories.declare(id, name == null ? id : name);
  }

  /** Reads a list of annotations, frames or run lengths, up to its end. */
  void elements() throws IOException {
    while (json.nextElement()) {
      requireObject("annotations");
      element(json.offset());
    }
  }

  private void element(long start) throws IOException {
    Draft draft = new Draft();
    int first = index.annotations.size();
    int frame = -1;
    boolean segments = false;
    for (String member = json.nextMember(); member != null; member = json.nextMember()) {
      switch (member) {
        case "labels" -> {
          frame = frame < 0 ? index.addFrame() : frame;
          labels(frame);
        }
        case "segments_info" -> {
          segments = true;
          segments();
        }
        default -> annotationMember(member, draft);
      }
    }
    if (segments) {
      panoptic(draft, first);
    } else if (frame >= 0) {
      index.declareFrame(frame, draft);
    } else if (draft.isEmptyFrame()) {
      index.declareFrame(index.addFrame(), draft);
    } else if (draft.bareRuns) {
      draft.shape = json.extentFrom(start, false);
      index.addAnnotation(
          draft, draft.imageId == null ? index.addNumbered() : index.imageOf(draft));
    } else {
      index.addAnnotation(draft, index.imageOf(draft));
    }
  }

  private void annotationMember(String member, Draft draft) throws IOException {
    switch (member) {
      case "id" -> draft.id = json.text();
      case "image_id" -> draft.imageId = json.text();
      case "category_id", "category" -> draft.category = json.text();
      case "file_name", "name" -> draft.fileName = json.text();
      case "iscrowd" -> draft.crowd = json.truth();
      case "segmentation", "rle" -> shape(draft);
      case "poly2d" -> draft.outline = outline();
      case "size" -> size(draft);
      case "counts" -> {
        draft.bareRuns = !json.at(JsonToken.VALUE_NULL);
        json.skip();
      }
      default -> json.skip();
    }
  }

  private void shape(Draft draft) throws IOException {
    if (json.at(JsonToken.START_ARRAY) || json.at(JsonToken.START_OBJECT)) {
      draft.shape = json.skipValue();
    } else if (!json.at(JsonToken.VALUE_NULL)) {
      throw new IOException(
          "annotation %s: its segmentation is %s: expected polygons or run lengths"
              .formatted(
                  draft.id == null ? "" + index.annotations.size() : draft.id, json.shown()));
    }
  }

  private boolean outline() throws IOException {
    if (json.at(JsonToken.START_ARRAY)) {
      return !json.skipValue().empty();
    }
    json.skip();
    return false;
  }

  /** The size of a frame is an object, that of run lengths a list, which is read with them. */
  private void size(Draft draft) {
    if (!json.at(JsonToken.START_OBJECT)) {
      json.skip();
      return;
    }
    for (String member = json.nextMember(); member != null; member = json.nextMember()) {
      switch (member) {
        case "height" -> draft.height = json.whole();
        case "width" -> draft.width = json.whole();
        default -> json.skip();
      }
    }
  }

  private void labels(int frame) throws IOException {
    if (!json.at(JsonToken.START_ARRAY)) {
      json.skip();
      return;
    }
    while (json.nextElement()) {
      requireObject("labels");
      Draft draft = new Draft();
      for (String member = json.nextMember(); member != null; member = json.nextMember()) {
        annotationMember(member, draft);
      }
      index.addAnnotation(draft, frame);
    }
  }

  private void segments() throws IOException {
    if (!json.at(JsonToken.START_ARRAY)) {
      throw new IOException("segments_info: expected a list, found " + json.shown());
    }
    while (json.nextElement()) {
      requireObject("segments_info");
      Draft draft = new Draft();
      draft.segment = true;
      for (String member = json.nextMember(); member != null; member = json.nextMember()) {
        switch (member) {
          case "id" -> draft.id = json.text();
          case "category_id" -> draft.category = json.text();
          case "iscrowd" -> draft.crowd = json.truth();
          default -> json.skip();
        }
      }
      index.addAnnotation(draft, -1);
    }
  }

  private void panoptic(Draft draft, int first) throws IOException {
    int image = index.imageOf(draft);
    index.annotations.setImages(first, image);
    if (draft.fileName == null || index.images.hasSegmentFile(image)) {
      throw new IOException(
          "image_id %s: expected one image of segments (file_name), found %s"
              .formatted(index.images.id(image), draft.fileName == null ? "none" : "two"));
    }
    index.images.setSegmentFile(image, draft.fileName);
  }

  private void requireObject(String list) throws IOException {
    if (!json.at(JsonToken.START_OBJECT)) {
      throw new IOException("%s: expected objects, found %s".formatted(list, json.shown()));
    }
  }
}
