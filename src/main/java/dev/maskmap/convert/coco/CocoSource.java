package dev.maskmap.convert.coco;

import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.convert.pixels.MaskSource;
import java.io.IOException;

/** Stand-in for the class of the annotation inputs. */
public final class CocoSource {
  private CocoSource() {}

  /** Refuses {@code file}. */
  @SuppressWarnings("DoNotCallSuggester") // until the real one is here
  public static MaskSource open(MaskFile file, CocoRequest request) throws IOException {
    throw new IOException(file.path() + ": annotations");
  }
}
