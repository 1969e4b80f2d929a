package dev.maskmap.image;

import dev.maskmap.internal.files.FileMap;
import dev.maskmap.internal.files.MapFaults;
import dev.maskmap.internal.files.Names;
import dev.maskmap.internal.files.Readahead;
import dev.maskmap.internal.kernel.ByteOrders;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Images in a memory map, and any part of any of them as a tensor.
 *
 * <p>Opened from a NPY file of shape {@code (images, height, width)} or {@code (images, height,
 * width, channels)}, or from a folder that {@link ImageStoreWriter} wrote, whose images may differ
 * in size and have names. Opening maps the files and reads none of the pixels. Samples are of any
 * {@link ImageType}, the same in all images. A NPY file may have them in either byte order; what is
 * read is always in the order of the machine.
 *
 * <p>Immutable and safe for any number of threads. It owns its maps: {@link #close} unmaps them,
 * after which every read throws {@link IllegalStateException}, also in threads that were reading.
 *
 * <p>The files must not be changed while they are mapped. Where one is cut short all the same, or
 * its disk fails, reads throw {@link ImageAccessException}.
 */
public final class ImageStore implements AutoCloseable {
  /** Samples of a pixel at most. */
  public static final int MAX_CHANNELS = 65_536;

  private final Path path;
  private final Arena arena;
  private final String fingerprint;
  private final MemorySegment map;
  private final Readahead readahead;
  private final ImageSizes sizes;
  private final Pixel pixel;
  private final @Nullable Names names;

  /**
   * What a pixel is.
   *
   * @param swapped whether the bytes of its samples are in the other order than the machine's
   */
  record Pixel(ImageType type, int channels, boolean swapped) {
    /** Bytes of one. */
    int bytes() {
      return type.bytes() * channels;
    }
  }

  ImageStore(
      Path path,
      Arena arena,
      String fingerprint,
      FileMap pixels,
      ImageSizes sizes,
      Pixel pixel,
      @Nullable Names names) {
    this.path = path;
    this.arena = arena;
    this.fingerprint = fingerprint;
    this.map = pixels.map();
    this.readahead = new Readahead(pixels);
    this.sizes = sizes;
    this.pixel = pixel;
    this.names = names;
  }

  /**
   * Opens a NPY file or a folder of images.
   *
   * @throws ImageFormatException if it is neither, is damaged, in Fortran order, of a type or shape
   *     that images do not have, or was written by a newer version
   * @throws IOException if it cannot be read or mapped
   */
  public static ImageStore open(Path path) throws IOException {
    return ImageOpener.open(path);
  }

  /** Whether a folder is a store of images. Nothing but its document is looked for. */
  public static boolean isStore(Path folder) {
    return Files.isRegularFile(folder.resolve(ImageFiles.MANIFEST));
  }

  /** The folder or file that was opened. */
  public Path path() {
    return path;
  }

  /**
   * What tells these images from others: of a folder its id, derived from its content; of a NPY
   * file its type, its shape, its length and the CRC-32 of its header, so that other pixels of the
   * same shape are not told apart. One line, the same wherever the file lies.
   */
  public String fingerprint() {
    return fingerprint;
  }

  /** Number of images, at least 1. */
  public long size() {
    return sizes.images();
  }

  /** What a sample is. */
  public ImageType type() {
    return pixel.type();
  }

  /** Samples of a pixel, at least 1; an array of three axes has 1. */
  public int channels() {
    return pixel.channels();
  }

  /** Bytes of a pixel, all channels. */
  public int pixelBytes() {
    return pixel.bytes();
  }

  /** Whether all images are known to have one height and one width. */
  public boolean isUniform() {
    return sizes instanceof ImageSizes.Uniform;
  }

  /**
   * Pixel rows of an image.
   *
   * @throws IndexOutOfBoundsException if there is no such image
   * @throws IllegalStateException if the store is closed, or its list of sizes damaged
   * @throws ImageAccessException if the file was cut short
   */
  public int height(long image) {
    Bounds.checkImage(this, image);
    try {
      int height = sizes.height(image);
      MapFaults.settle();
      return height;
    } catch (InternalError | IllegalStateException e) {
      throw failed(e);
    }
  }

  /**
   * Columns of an image.
   *
   * @throws IndexOutOfBoundsException as {@link #height}
   * @throws IllegalStateException as {@link #height}
   * @throws ImageAccessException as {@link #height}
   */
  public int width(long image) {
    Bounds.checkImage(this, image);
    try {
      int width = sizes.width(image);
      MapFaults.settle();
      return width;
    } catch (InternalError | IllegalStateException e) {
      throw failed(e);
    }
  }

  /** Whether the images have names; those of NPY files have none. */
  public boolean hasNames() {
    return names != null;
  }

  /**
   * The name of an image, or its index in decimal digits where there are no names.
   *
   * @throws IndexOutOfBoundsException if there is no such image
   * @throws IllegalStateException if the store is closed, or its names are damaged
   * @throws ImageAccessException if the file was cut short
   */
  public String name(long image) {
    Bounds.checkImage(this, image);
    Names known = names;
    if (known == null) {
      return Long.toString(image);
    }
    try {
      String name = known.name(image);
      MapFaults.settle();
      return name;
    } catch (InternalError | IllegalStateException e) {
      throw failed(e);
    }
  }

  /**
   * The index of the image so named, or -1. Reads the names from the first on: keep the answer.
   *
   * @throws IllegalStateException if the store is closed
   * @throws ImageAccessException if the file was cut short
   */
  public long indexOf(String name) {
    Names known = names;
    if (known == null) {
      return -1;
    }
    try {
      long image = known.indexOf(name);
      MapFaults.settle();
      return image;
    } catch (InternalError | IllegalStateException e) {
      throw failed(e);
    }
  }

  /**
   * Writes the pixels in rows {@code y} to {@code y + height} and columns {@code x} to {@code x +
   * width} of an image, ends excluded, as a dense tensor of shape {@code (height, width,
   * channels)}. {@link ImageCrops} makes other tensors of them. Allocates nothing.
   *
   * @param dst native, mapped or heap memory of any alignment
   * @param offset byte of {@code dst} where the tensor starts
   * @throws IndexOutOfBoundsException if there is no such image, the crop leaves it, or the
   *     destination is too small
   * @throws IllegalArgumentException if a side is below 1, or the destination is read-only
   * @throws IllegalStateException if the store, or the destination's arena, is closed
   * @throws WrongThreadException if the destination is confined to another thread
   * @throws ImageAccessException if the file was cut short; the destination is then undefined
   */
  public void read(
      long image, int y, int x, int height, int width, MemorySegment dst, long offset) {
    read(image, y, x, height, width, dst, offset, (long) width * pixelBytes());
  }

  /**
   * As the other {@code read}, with rows that lie apart. No byte outside them is touched.
   *
   * @param rowStride bytes from the start of one row to the next
   * @throws IllegalArgumentException also if rows would overlap
   */
  public void read(
      long image,
      int y,
      int x,
      int height,
      int width,
      MemorySegment dst,
      long offset,
      long rowStride) {
    Bounds.checkImage(this, image);
    try {
      Bounds.checkCrop(this, image, y, x, height, width);
      long rowBytes = (long) width * pixelBytes();
      Bounds.checkDestination(dst, offset, height, rowBytes, rowStride);
      copyRows(image, y, x, height, width, dst, offset, rowStride);
      if (pixel.swapped()) {
        for (int r = 0; r < height; r++) {
          ByteOrders.reverse(dst, offset + r * rowStride, rowBytes, type().bytes());
        }
      }
      MapFaults.settle();
    } catch (InternalError | IllegalStateException e) {
      throw failed(e);
    }
  }

  /**
   * Has the system begin to read a crop into memory and does not wait for it, so that a read that
   * follows a little later need not wait either. Does nothing where all seems to be in memory, or
   * the system takes no such advice. Allocates nothing.
   *
   * @throws IndexOutOfBoundsException if there is no such image, or the crop leaves it
   * @throws IllegalArgumentException if a side is below 1
   * @throws IllegalStateException if the store is closed, or its index damaged
   * @throws ImageAccessException if the file was cut short
   */
  public void prefetch(long image, int y, int x, int height, int width) {
    Bounds.checkImage(this, image);
    try {
      if (!arena.scope().isAlive()) {
        throw new IllegalStateException("closed");
      }
      Bounds.checkCrop(this, image, y, x, height, width);
      willRead(image, y, x, height, width);
      MapFaults.settle();
    } catch (InternalError | IllegalStateException e) {
      throw failed(e);
    }
  }

  /** Copies the rows of a crop, which was checked, as the file has them. */
  void copyRows(
      long image,
      int y,
      int x,
      int height,
      int width,
      MemorySegment dst,
      long offset,
      long rowStride) {
    willRead(image, y, x, height, width);
    long stride = (long) sizes.width(image) * pixelBytes();
    long from = offset(image, y, x);
    long rowBytes = (long) width * pixelBytes();
    if (rowBytes == stride && rowBytes == rowStride) {
      MemorySegment.copy(map, from, dst, offset, height * rowBytes);
      return;
    }
    for (int r = 0; r < height; r++) {
      MemorySegment.copy(map, from + r * stride, dst, offset + r * rowStride, rowBytes);
    }
  }

  private long offset(long image, int y, int x) {
    long pixels = (long) y * sizes.width(image) + x;
    return sizes.start(image) * type().bytes() + pixels * pixelBytes();
  }

  private void willRead(long image, int y, int x, int height, int width) {
    if (readahead.isWatching()) {
      readahead.willReadRows(
          offset(image, y, x),
          height,
          (long) width * pixelBytes(),
          (long) sizes.width(image) * pixelBytes());
    }
  }

  ImageSizes sizes() {
    return sizes;
  }

  Pixel pixel() {
    return pixel;
  }

  /**
   * What a failed access to the maps means; errors that are not about them come back as they are.
   */
  RuntimeException failed(Throwable e) {
    if (e instanceof InternalError) {
      return new ImageAccessException(path, e);
    }
    if (!arena.scope().isAlive()) {
      return new IllegalStateException(path + ": the images are closed", e);
    }
    return (RuntimeException) e;
  }

  /** Unmaps the images. Closing them again has no effect. */
  @Override
  public synchronized void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
