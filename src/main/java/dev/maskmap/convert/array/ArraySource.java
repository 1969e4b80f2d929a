package dev.maskmap.convert.array;

import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.convert.pixels.MaskSource;
import java.io.IOException;

/** Stand-in for the class of the array inputs. */
public final class ArraySource {
  private ArraySource() {}

  /** Whether a file that begins so is an array or an archive. */
  public static boolean recognises(byte[] head) {
    return head.length > 5
        && ((head[0] == 'P' && head[1] == 'K') || (head[1] == 'N' && head[2] == 'U'));
  }

  /** Refuses {@code file}. */
  @SuppressWarnings("DoNotCallSuggester") // until the real one is here
  public static MaskSource open(MaskFile file, ArrayFormat format) throws IOException {
    throw new IOException(file.path() + ": an array");
  }
}
