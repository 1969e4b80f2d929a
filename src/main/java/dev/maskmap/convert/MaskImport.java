package dev.maskmap.convert;

import dev.maskmap.convert.image.ImageDecoder;
import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.convert.pixels.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Decodes image files on several threads and hands their masks to a {@link MaskSink} in the order
 * of the files. At most two masks a thread are in flight, so memory does not grow with the number
 * of files. What the sink sees, and the error if there is one, do not depend on the number of
 * threads.
 */
public final class MaskImport {
  private static final int WINDOW_PER_JOB = 2;

  private final ForegroundRule rule;
  private final MaskSink sink;
  private final Progress progress;
  private final ValueTable values;
  private final int total;
  private Path firstFile = Path.of("");
  private int height;
  private int width;
  private int done;
  private long bytes;

  private MaskImport(int total, ForegroundRule rule, MaskSink sink, Progress progress) {
    this.total = total;
    this.rule = rule;
    this.sink = sink;
    this.progress = progress;
    this.values = new ValueTable(rule);
  }

  /** Hears of each mask that the sink has taken, on the thread that runs the import. */
  @FunctionalInterface
  public interface Progress {
    /**
     * One more mask is in.
     *
     * @param done masks so far
     * @param total masks in all
     * @param bytes sizes of the image files so far
     */
    void update(int done, int total, long bytes);
  }

  /**
   * What an import has read.
   *
   * @param masks how many
   * @param height rows of each
   * @param width pixels in a row of each
   * @param fileBytes sizes of all image files together
   * @param values the pixel values found
   */
  public record Summary(int masks, int height, int width, long fileBytes, ValueTable values) {}

  /**
   * Reads all {@code files}, which must be images of one size.
   *
   * @param jobs threads that decode, at least 1; all have ended when this method returns or throws
   * @throws IOException if a file cannot be read, is not an image, has another size than the first
   *     or cannot be judged by the rule, or if the sink throws: the error of the first such file in
   *     order, in one line that names it
   * @throws InterruptedException if the calling thread is interrupted; the sink has seen the first
   *     few masks then
   * @throws IllegalArgumentException if there are no files or {@code jobs} is not positive
   */
  public static Summary run(
      List<MaskFile> files, ForegroundRule rule, int jobs, MaskSink sink, Progress progress)
      throws IOException, InterruptedException {
    if (files.isEmpty() || jobs < 1) {
      throw new IllegalArgumentException(
          "%d files on %d jobs: expected at least 1".formatted(files.size(), jobs));
    }
    MaskImport state = new MaskImport(files.size(), rule, sink, progress);
    int threads = Math.min(jobs, files.size());
    // close() waits for the workers: none outlives this call, whichever way it ends.
    try (ExecutorService workers =
        Executors.newFixedThreadPool(threads, Thread.ofPlatform().name("mask-", 1).factory())) {
      try {
        state.deliverAll(files, workers, WINDOW_PER_JOB * threads);
      } finally {
        workers.shutdownNow();
      }
    }
    return new Summary(state.done, state.height, state.width, state.bytes, state.values);
  }

  private void deliverAll(List<MaskFile> files, ExecutorService workers, int window)
      throws IOException, InterruptedException {
    Queue<Future<Decoded>> inFlight = new ArrayDeque<>();
    Iterator<MaskFile> rest = files.iterator();
    while (rest.hasNext() || !inFlight.isEmpty()) {
      while (rest.hasNext() && inFlight.size() < window) {
        MaskFile next = rest.next();
        inFlight.add(workers.submit(() -> decode(next)));
      }
      deliver(take(inFlight.remove()));
    }
  }

  /** One decoded mask, on its way from a worker to the sink. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  private record Decoded(
      MaskFile file, int height, int width, byte[] pixels, ValueTable values, long fileBytes) {}

  private Decoded decode(MaskFile file) throws IOException {
    DecodedImage image = ImageDecoder.read(file.path());
    byte[] pixels = rule.apply(image);
    return new Decoded(
        file,
        image.height(),
        image.width(),
        pixels,
        ValueTable.of(image, rule),
        Files.size(file.path()));
  }

  private static Decoded take(Future<Decoded> future) throws IOException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }

  private void deliver(Decoded mask) throws IOException {
    if (done == 0) {
      firstFile = mask.file.path();
      height = mask.height;
      width = mask.width;
    }
    checkSize(mask);
    sink.add(mask.file.name(), height, width, mask.pixels);
    values.merge(mask.values);
    bytes += mask.fileBytes;
    done++;
    progress.update(done, total, bytes);
  }

  private void checkSize(Decoded mask) throws IOException {
    if (mask.height != height || mask.width != width) {
      throw new IOException(
          Messages.oneLine(
              ("%s is %d x %d (height x width), but the first file, %s, is %d x %d: a store holds"
                      + " masks of one size. Pack the files of one size by naming them; masks of"
                      + " different sizes in one store come with a later release")
                  .formatted(mask.file.path(), mask.height, mask.width, firstFile, height, width)));
    }
  }
}
