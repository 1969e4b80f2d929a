package dev.maskmap.cli;

import dev.maskmap.convert.ImageMatching;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The masks and images that go without each other, as a table for scripts. */
final class UnmatchedList {
  private static final String HEADER = "kind\tname\n";

  private UnmatchedList() {}

  /** Writes the masks' names and the images' paths, in their orders; a header alone for none. */
  static void write(Path file, boolean overwrite, ImageMatching matching) throws IOException {
    StringBuilder text = new StringBuilder(HEADER);
    for (String mask : matching.without()) {
      text.append("mask\t").append(mask).append('\n');
    }
    for (Path image : matching.unused()) {
      // A mask's name has no control characters, a path may.
      text.append("image\t").append(Failures.oneLine(image.toString())).append('\n');
    }
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
    OutputFile.write(file, overwrite, channel -> OutputFile.writeAll(channel, bytes));
  }
}
