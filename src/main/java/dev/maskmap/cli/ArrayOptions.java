package dev.maskmap.cli;

import dev.maskmap.convert.array.ArrayFormat;

/** Stand-in for the options of array inputs. */
@picocli.CommandLine.Command
final class ArrayOptions {
  ArrayFormat format() {
    return ArrayFormat.plain();
  }
}
