package dev.maskmap.convert.coco;

/** Stand-in for the class of the annotation inputs. */
public record CocoRequest() {
  /** One mask an image. */
  public static CocoRequest plain() {
    return new CocoRequest();
  }
}
