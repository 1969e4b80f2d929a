package dev.maskmap.cli;

import dev.maskmap.convert.coco.CocoRequest;

/** Stand-in for the options of annotation inputs. */
@picocli.CommandLine.Command
final class CocoOptions {
  CocoRequest request() {
    return CocoRequest.plain();
  }
}
