package dev.maskmap.internal.files;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/** Mapping of files, with errors that say what to look at. */
public final class Maps {
  private Maps() {}

  public static MemorySegment map(
      FileChannel channel, Path file, long offset, long bytes, Arena arena) throws IOException {
    try {
      return channel.map(MapMode.READ_ONLY, offset, bytes, arena);
    } catch (IOException | OutOfMemoryError e) {
      throw new IOException(
          "%s: %d bytes cannot be mapped (%s); see `ulimit -v` and the sysctl vm.max_map_count"
              .formatted(file, bytes, e.getMessage()),
          e);
    }
  }
}
