package dev.maskmap.image;

import dev.maskmap.internal.files.MapFaults;
import dev.maskmap.internal.kernel.ByteOrders;
import dev.maskmap.internal.kernel.ByteScale;
import dev.maskmap.internal.kernel.Padding;
import dev.maskmap.internal.kernel.Planes;
import dev.maskmap.internal.kernel.Turn;
import dev.maskmap.internal.kernel.TurnedCopy;
import java.lang.foreign.MemorySegment;

/**
 * Crops of one size as tensors of one form: the channels last or first, samples as they are or
 * scaled, padded and turned. Immutable; each method that changes something gives another one. Any
 * number of threads may read at once, each with scratch memory of its own.
 *
 * <pre>{@code
 * ImageCrops crops = ImageCrops.of(images, 256, 256).order(ChannelOrder.CHW).scaled(true);
 * MemorySegment batch = arena.allocate(64 * crops.bytes(), 64);
 * MemorySegment scratch = arena.allocate(crops.scratchBytes(), 64);
 * crops.read(3, 555, 777, 256, 256, 0, batch, 0, scratch);
 * }</pre>
 */
public final class ImageCrops {
  private static final int ALIGNMENT = 64;

  private final ImageStore store;
  private final int height;
  private final int width;
  private final ChannelOrder order;
  private final ImagePadding padding;
  private final boolean scaled;

  /** Bytes of a crop before it is scaled. */
  private final long plainBytes;

  private ImageCrops(
      ImageStore store,
      int height,
      int width,
      ChannelOrder order,
      ImagePadding padding,
      boolean scaled) {
    this.store = store;
    this.height = height;
    this.width = width;
    this.order = order;
    this.padding = padding;
    this.scaled = scaled;
    plainBytes = (long) height * width * store.pixelBytes();
  }

  /**
   * Crops of {@code height} x {@code width} pixels, the channels last, padded with zeros, samples
   * as they are.
   *
   * @throws IllegalArgumentException if a side is below 1, or a crop has 2^31 pixels or more
   */
  public static ImageCrops of(ImageStore store, int height, int width) {
    if (height < 1 || width < 1 || (long) height * width > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "crops of %dx%d: expected sides of 1 or more, and fewer than 2^31 pixels"
              .formatted(height, width));
    }
    return new ImageCrops(store, height, width, ChannelOrder.HWC, ImagePadding.ZERO, false);
  }

  /** The same, with the channels in this order. */
  public ImageCrops order(ChannelOrder channels) {
    return new ImageCrops(store, height, width, channels, padding, scaled);
  }

  /** The same, padded like this. */
  public ImageCrops padding(ImagePadding rule) {
    return new ImageCrops(store, height, width, order, rule, scaled);
  }

  /**
   * The same, with samples of 0 to 255 as floats of 0 to 1: divided by 255 in single precision.
   *
   * @throws IllegalArgumentException if it is true and the samples are not {@link ImageType#UINT8}
   */
  public ImageCrops scaled(boolean toFloats) {
    if (toFloats && store.type() != ImageType.UINT8) {
      throw new IllegalArgumentException(
          "%s: samples are %s, and only %s is scaled to 0 to 1"
              .formatted(store.path(), store.type(), ImageType.UINT8));
    }
    return new ImageCrops(store, height, width, order, padding, toFloats);
  }

  /** What they are crops of. */
  public ImageStore store() {
    return store;
  }

  /** Pixel rows of a crop, before it is turned. */
  public int height() {
    return height;
  }

  /** Columns of a crop, before it is turned. */
  public int width() {
    return width;
  }

  /** In which order a crop has its samples. */
  public ChannelOrder order() {
    return order;
  }

  /** What a sample of a crop is. */
  public ImageType type() {
    return scaled ? ImageType.FLOAT32 : store.type();
  }

  /** Bytes of a crop. */
  public long bytes() {
    return scaled ? plainBytes * Float.BYTES : plainBytes;
  }

  /** Bytes of scratch memory that {@link #read} needs, of any crop and turn. */
  public long scratchBytes() {
    return 2 * half();
  }

  private long half() {
    return (plainBytes + ALIGNMENT - 1) & -ALIGNMENT;
  }

  /**
   * Has the system begin to read a crop: see {@link ImageStore#prefetch}, also for the exceptions.
   */
  public void prefetch(long image, int y, int x, int validHeight, int validWidth) {
    store.prefetch(image, y, x, validHeight, validWidth);
  }

  /**
   * Writes a crop. Allocates nothing.
   *
   * @param y row of the image in which the crop begins
   * @param x column of the image in which it begins
   * @param validHeight rows that are taken from the image; those below are padding
   * @param validWidth columns that are taken from the image; those right of them are padding
   * @param turn how the crop is turned, after it was padded: 0 to 7. Where bit 4 is set it is
   *     mirrored left to right first, then turned {@code turn & 3} quarters counter-clockwise,
   *     which makes {@code width} rows and {@code height} columns of it where that is odd
   * @param to native memory of any alignment; mapped memory serves, and is slower
   * @param offset byte of {@code to} where the crop begins; {@link #bytes} are written
   * @param scratch native memory of {@link #scratchBytes} for this thread alone, of any content; it
   *     does not overlap {@code to}
   * @throws IndexOutOfBoundsException if there is no such image, the crop leaves it, its valid part
   *     is larger than it is, or the destination is too small
   * @throws IllegalArgumentException if a valid side is below 1, the turn is not one of the eight,
   *     the destination is read-only, a segment is heap memory, or the scratch is too small
   * @throws IllegalStateException if the store, or an arena, is closed
   * @throws WrongThreadException if a segment is confined to another thread
   * @throws ImageAccessException if the file was cut short; the destination is then undefined
   */
  public void read(
      long image,
      int y,
      int x,
      int validHeight,
      int validWidth,
      int turn,
      MemorySegment to,
      long offset,
      MemorySegment scratch) {
    Bounds.checkImage(store, image);
    try {
      Bounds.checkCrop(store, image, y, x, validHeight, validWidth);
      check(validHeight, validWidth, turn, to, offset, scratch);
      run(image, y, x, validHeight, validWidth, turn, to, offset, scratch);
      MapFaults.settle();
    } catch (InternalError | IllegalStateException e) {
      throw store.failed(e);
    }
  }

  private void check(
      int validHeight,
      int validWidth,
      int turn,
      MemorySegment to,
      long offset,
      MemorySegment scratch) {
    if (validHeight > height || validWidth > width) {
      throw new IndexOutOfBoundsException(
          "%dx%d pixels of an image: crops are %dx%d"
              .formatted(validHeight, validWidth, height, width));
    }
    if (turn < 0 || turn >= Turn.CODES) {
      throw new IllegalArgumentException("turn %d: expected 0 to 7".formatted(turn));
    }
    Bounds.checkDestination(to, offset, 1, bytes(), bytes());
    if (!to.isNative() || !scratch.isNative()) {
      throw new IllegalArgumentException(
          "heap memory: crops are made in native memory, as an Arena allocates it");
    }
    if (scratch.byteSize() < scratchBytes() || scratch.isReadOnly()) {
      throw new IllegalArgumentException(
          "scratch of %d bytes%s: expected %d that can be written"
              .formatted(
                  scratch.byteSize(), scratch.isReadOnly() ? ", read-only" : "", scratchBytes()));
    }
  }

  /** Step by step, from one half of the scratch to the other; the last step goes to the crop. */
  private void run(
      long image,
      int y,
      int x,
      int validHeight,
      int validWidth,
      int turn,
      MemorySegment to,
      long offset,
      MemorySegment scratch) {
    boolean apart = order == ChannelOrder.CHW && store.channels() > 1;
    int steps = (apart ? 1 : 0) + (turn != 0 ? 1 : 0) + (scaled ? 1 : 0);
    MemorySegment here = steps == 0 ? to : scratch;
    long at = steps == 0 ? offset : 0;
    gather(image, y, x, validHeight, validWidth, here, at);
    if (apart) {
      steps--;
      MemorySegment next = steps == 0 ? to : scratch;
      long place = steps == 0 ? offset : half() - at;
      Planes.of(here, at, height * width, store.channels(), sampleBytes(), next, place);
      here = next;
      at = place;
    }
    if (turn != 0) {
      steps--;
      MemorySegment next = steps == 0 ? to : scratch;
      long place = steps == 0 ? offset : half() - at;
      turn(here, at, apart, turn, next, place);
      here = next;
      at = place;
    }
    if (scaled) {
      ByteScale.toFloats(here, at, plainBytes, to, offset);
    } else if (store.pixel().swapped()) {
      ByteOrders.reverse(to, offset, plainBytes, sampleBytes());
    }
  }

  private int sampleBytes() {
    return store.type().bytes();
  }

  private void gather(
      long image, int y, int x, int validHeight, int validWidth, MemorySegment to, long offset) {
    int bytes = store.pixelBytes();
    store.copyRows(image, y, x, validHeight, validWidth, to, offset, (long) width * bytes);
    if (validHeight == height && validWidth == width) {
      return;
    }
    switch (padding) {
      case ZERO -> Padding.zero(to, offset, height, width, validHeight, validWidth, bytes);
      case REFLECT -> Padding.reflect(to, offset, height, width, validHeight, validWidth, bytes);
    }
  }

  private void turn(
      MemorySegment from, long at, boolean apart, int turn, MemorySegment to, long offset) {
    int planes = apart ? store.channels() : 1;
    int bytes = apart ? sampleBytes() : store.pixelBytes();
    long planeBytes = (long) height * width * bytes;
    for (int p = 0; p < planes; p++) {
      TurnedCopy.copy(
          from,
          at + p * planeBytes,
          (long) width * bytes,
          height,
          width,
          bytes,
          turn,
          to,
          offset + p * planeBytes);
    }
  }
}
