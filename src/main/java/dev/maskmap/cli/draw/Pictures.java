package dev.maskmap.cli.draw;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The images that the masks of a store belong to. */
public interface Pictures extends AutoCloseable {
  /**
   * Returns the image of a mask, or null if there is none.
   *
   * @throws IOException if there are several, or it cannot be read
   */
  @Nullable Picture find(long mask, String name) throws IOException;

  @Override
  void close() throws IOException;

  /**
   * Opens a folder of image files, or an array.
   *
   * @param rename how the name of a mask becomes that of its image, for a folder
   * @param masks of the store, which an array has as many images as
   * @throws IOException if it is neither, or the array is not as expected
   */
  static Pictures open(Path path, Rename rename, long masks) throws IOException {
    if (Files.isDirectory(path)) {
      return new PictureFolder(path, rename);
    }
    if (!Files.exists(path)) {
      throw new IOException(path + ": no such folder of images, or array");
    }
    return PictureArray.open(path, masks);
  }
}
