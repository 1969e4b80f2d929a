package dev.maskmap.cli;

import dev.maskmap.convert.coco.CocoRequest;

/** Stand-in for the options of annotation inputs. */
final class CocoOptions {
  CocoRequest request() {
    return CocoRequest.plain();
  }
}
