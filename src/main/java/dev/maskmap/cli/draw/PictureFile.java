package dev.maskmap.cli.draw;

import dev.maskmap.Region;
import dev.maskmap.convert.pixels.Messages;
import dev.maskmap.convert.pixels.PixelLimit;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/**
 * An image file of any kind that ImageIO reads, told by its content. Only the part asked for is
 * kept in memory, and of a large part every second, third, ... pixel.
 */
record PictureFile(Path file, int height, int width) implements Picture {
  private static final long MAX_PIXELS = 1L << 24;

  /** What is done with an open file. */
  @FunctionalInterface
  private interface Use<T> {
    T with(ImageReader reader) throws IOException;
  }

  /**
   * Reads the size of an image.
   *
   * @throws IOException if it cannot be read, is no image, or is too large; begins with the file
   */
  static PictureFile open(Path file) throws IOException {
    return use(
        file,
        reader -> {
          PixelLimit.check(reader.getHeight(0), reader.getWidth(0));
          return new PictureFile(file, reader.getHeight(0), reader.getWidth(0));
        });
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public int[] read(Region region, int factor) throws IOException {
    int step = step(region, factor);
    BufferedImage part =
        use(
            file,
            reader -> {
              ImageReadParam param = reader.getDefaultReadParam();
              param.setSourceRegion(
                  new Rectangle(region.x(), region.y(), region.width(), region.height()));
              param.setSourceSubsampling(step, step, 0, 0);
              return reader.read(0, param);
            });
    ColorMeans means = new ColorMeans(region.height(), region.width(), factor);
    PlainColors colors = PlainColors.of(part);
    int[] row = new int[part.getWidth()];
    for (int y = 0; y < part.getHeight(); y++) {
      colors.row(y, row);
      for (int x = 0; x < row.length; x++) {
        means.add(y * step, x * step, row[x]);
      }
    }
    return means.pixels();
  }

  /**
   * The smallest divisor of the factor that leaves few enough pixels, so that no mean lacks one.
   */
  private static int step(Region region, int factor) {
    long pixels = (long) region.height() * region.width();
    int step = 1;
    while (step < factor && (factor % step != 0 || pixels / step / step > MAX_PIXELS)) {
      step++;
    }
    return step;
  }

  private static <T> T use(Path path, Use<T> use) throws IOException {
    File file = path.toFile();
    try (ImageInputStream in = new FileImageInputStream(file)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException("no image of a kind that is read here (PNG, JPEG, TIFF, BMP, GIF)");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return use.with(reader);
      } finally {
        reader.dispose();
      }
    } catch (IOException e) {
      // Some readers say nothing but the kind, such as the end of the file.
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      throw new IOException(Messages.oneLine(path + ": " + reason), e);
    } catch (RuntimeException e) {
      // What the readers throw on corrupt data: IndexOutOfBounds, NegativeArraySize and others.
      throw new IOException(Messages.oneLine(path + ": corrupt image data: " + e), e);
    }
  }
}
