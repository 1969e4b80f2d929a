package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.PixelLimit;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The ImageIO readers that we use, each chosen by the name of its class: ImageIO's own order of the
 * readers of a format changes with the jars that are on the class path.
 */
enum Plugin {
  PNG("com.sun.imageio.plugins.png.PNGImageReader"),
  GIF("com.sun.imageio.plugins.gif.GIFImageReader"),
  BMP("com.sun.imageio.plugins.bmp.BMPImageReader"),
  JPEG("com.sun.imageio.plugins.jpeg.JPEGImageReader"),
  TIFF("com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReader"),
  WEBP("com.twelvemonkeys.imageio.plugins.webp.WebPImageReader");

  private static final int SMALL_PIXELS = 1 << 22;
  private static final int MAX_PIXELS_PER_BYTE = 1 << 16;

  private final String readerClass;

  Plugin(String readerClass) {
    this.readerClass = readerClass;
  }

  /**
   * Decodes the first image of {@code bytes}, without ImageIO's cache of temporary files.
   *
   * @throws IOException if the reader is missing, the image is too large, or the reader fails or
   *     warns
   */
  BufferedImage read(byte[] bytes) throws IOException {
    return read(bytes, new ImageReadParam(), new RowsRead());
  }

  /**
   * Decodes the first image of {@code bytes} into {@code image}.
   *
   * @throws IOException as {@link #read(byte[])}, and if rows are missing
   */
  void readInto(BufferedImage image, byte[] bytes) throws IOException {
    ImageReadParam param = new ImageReadParam();
    param.setDestination(image);
    RowsRead rows = new RowsRead();
    read(bytes, param, rows);
    if (!rows.all()) {
      throw new IOException("corrupt image data: it ends before the last row");
    }
  }

  private BufferedImage read(byte[] bytes, ImageReadParam param, RowsRead rows) throws IOException {
    ImageReader reader = provider().createReaderInstance();
    try (ImageInputStream in = input(bytes)) {
      AtomicReference<String> warned = new AtomicReference<>();
      // The first is enough: of a damaged file there can be millions.
      reader.addIIOReadWarningListener((source, text) -> warned.compareAndSet(null, text));
      reader.addIIOReadProgressListener(rows);
      reader.setInput(in, true, true);
      check(reader.getHeight(0), reader.getWidth(0), bytes.length);
      BufferedImage image = reader.read(0, param);
      if (warned.get() != null) {
        throw new IOException("corrupt image data: " + warned.get());
      }
      return image;
    } catch (IOException e) {
      Throwable cause = e.getCause();
      throw cause == null ? e : withCause(e, cause);
    } finally {
      reader.dispose();
    }
  }

  /** WebP's input needs to know the kind, and so checks the chunks too. */
  private ImageInputStream input(byte[] bytes) throws IOException {
    return this == WEBP
        ? new WebpInput(bytes, WebpChunks.check(bytes))
        : new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes));
  }

  /**
   * Decodes the samples of the first image, as they are stored. Warnings are of no account: they
   * are about tags that have a usual value.
   *
   * @throws IOException if the reader is missing or fails
   */
  Raster readRaster(ImageInputStream in) throws IOException {
    ImageReader reader = provider().createReaderInstance();
    try {
      reader.setInput(in, true, true);
      return reader.readRaster(0, null);
    } finally {
      reader.dispose();
    }
  }

  /** Some methods repeat without end, so that a header of some bytes would keep us for minutes. */
  private static void check(int height, int width, int bytes) throws IOException {
    PixelLimit.check(height, width);
    if ((long) height * width > Math.max(SMALL_PIXELS, (long) MAX_PIXELS_PER_BYTE * bytes)) {
      throw new IOException(
          "corrupt header: %d bytes that promise %d x %d pixels".formatted(bytes, height, width));
    }
  }

  /** The readers wrap the cause that says more in a message that says less. */
  private static IOException withCause(IOException e, Throwable cause) {
    return new IOException(
        String.format(
            Locale.ROOT, "corrupt image data: %s (%s)", e.getMessage(), cause.getMessage()),
        e);
  }

  private ImageReaderSpi provider() throws IOException {
    Iterator<ImageReaderSpi> all =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
    while (all.hasNext()) {
      ImageReaderSpi provider = all.next();
      if (readerClass.equals(provider.getPluginClassName())) {
        return provider;
      }
    }
    throw new IOException(
        switch (this) {
          case TIFF, WEBP ->
              ("a %s image, which needs the library com.twelvemonkeys.imageio:imageio-%s on the"
                      + " class path; add it, or save the mask as PNG")
                  .formatted(name(), name().toLowerCase(Locale.ROOT));
          default -> "this Java has no reader " + readerClass;
        });
  }
}
