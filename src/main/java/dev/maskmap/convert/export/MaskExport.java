package dev.maskmap.convert.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * Writes masks of a store as files that other programs read. Masks are encoded on several threads;
 * files do not depend on their number. Memory does not grow with the number of masks, but for their
 * names and places.
 */
public final class MaskExport {
  private final MaskSelection masks;
  private final int jobs;
  private final LongConsumer progress;

  /**
   * An export that is still to be written.
   *
   * @param jobs threads that encode; all have ended when a method returns or throws
   * @param progress hears how many masks are done, on the thread that calls
   * @throws IllegalArgumentException if {@code jobs} is not positive
   */
  public MaskExport(MaskSelection masks, int jobs, LongConsumer progress) {
    if (jobs < 1) {
      throw new IllegalArgumentException("%d jobs: expected 1 or more".formatted(jobs));
    }
    this.masks = masks;
    this.jobs = jobs;
    this.progress = progress;
  }

  /** What is written for all masks together. */
  @FunctionalInterface
  private interface Document {
    void write(OutputStream out) throws IOException, InterruptedException;
  }

  /**
   * Refuses a folder that {@link #toFolder} would refuse, before anything is opened.
   *
   * @throws IOException if it is a file, or holds files and {@code overwrite} is false
   */
  public static void checkFolder(Path folder, boolean overwrite) throws IOException {
    OutputFolder.check(folder, overwrite);
  }

  /**
   * Writes one file a mask, named after it, into {@code folder}: all of them or none. Files of
   * other names that are there stay as they are.
   *
   * @param overwrite whether the folder may hold files already
   * @return bytes of all files
   * @throws IOException if a name cannot be a file, two would share one, a mask cannot be encoded,
   *     or the disk is full or fails; one line
   * @throws InterruptedException if the calling thread is interrupted
   */
  public long toFolder(Path folder, MaskFormat format, boolean overwrite)
      throws IOException, InterruptedException {
    long[] bytes = {0};
    try (OutputFolder output = OutputFolder.begin(folder, overwrite)) {
      FileRules rules = FileRules.ofSystem(output.foldsCase());
      FilePlan plan = FilePlan.of(masks, format.extension(), rules);
      output.checkPlaces(plan, masks.size());
      run(
          i -> {
            byte[] file = format.encode(masks, i);
            output.write(plan.path(i), file);
            return file.length;
          },
          (i, length) -> bytes[0] += length);
      output.publish(plan, masks.size());
    }
    return bytes[0];
  }

  /**
   * Writes an archive as {@code numpy.savez_compressed} does: a zip file with a deflated member
   * {@code NAME.npy} for each mask. The same masks give the same bytes.
   *
   * @param members {@link MaskFormat#NPY} or {@link MaskFormat#NPY_BOOL}
   * @throws IOException if a name leaves the folder where the archive is unpacked, a mask is too
   *     large, or the channel fails
   */
  public void toArchive(FileChannel channel, MaskFormat members) throws IOException {
    document(channel, out -> new MaskArchive(masks, members).write(this::run, out));
  }

  /**
   * Writes one NPY file of all masks, which have to be of one size: {@code |b1} of shape (masks,
   * height, width), or packed {@code |u1} of shape (masks, ceil(height / 8), width).
   *
   * @param format {@link MaskFormat#NPY} or {@link MaskFormat#NPY_BOOL}
   * @throws IOException if the masks differ in size, one is too large, or the channel fails
   */
  public void toArray(FileChannel channel, MaskFormat format) throws IOException {
    document(channel, out -> new NpyStack(masks, format).write(this::run, out));
  }

  /**
   * Writes a COCO instance document: an image and an annotation for each mask, which holds it in
   * compressed run-length encoding.
   *
   * @throws IOException if a mask is too large, or the channel fails
   */
  public void toCoco(FileChannel channel) throws IOException {
    document(channel, out -> new CocoDocument(masks).write(this::run, out));
  }

  private static void document(FileChannel channel, Document document) throws IOException {
    try (OutputStream out = new BufferedOutputStream(new ChannelOutput(channel), 1 << 16)) {
      document.write(out);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    }
  }

  private <T> void run(OrderedWork.Work<T> work, OrderedWork.Sink<T> sink)
      throws IOException, InterruptedException {
    OrderedWork.run(
        masks,
        jobs,
        work,
        (i, result) -> {
          sink.take(i, result);
          progress.accept(i + 1L);
        });
  }
}
