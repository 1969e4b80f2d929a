package dev.maskmap.internal.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Makes a folder's entries durable, where the system can. */
public final class Fsync {
  private Fsync() {}

  public static void folder(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folders, and some file systems do not sync them: the files themselves are
      // on the disk, and nothing more can be done here.
    }
  }
}
