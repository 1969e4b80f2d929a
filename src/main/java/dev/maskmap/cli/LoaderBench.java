package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.image.ChannelOrder;
import dev.maskmap.image.ImageCrops;
import dev.maskmap.image.ImageStore;
import dev.maskmap.load.Batch;
import dev.maskmap.load.Epoch;
import dev.maskmap.load.LoaderOptions;
import dev.maskmap.load.PatchLoader;
import dev.maskmap.sample.Sampler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes batches of a loader as fast as they come, and does nothing with them.
 *
 * @param bench patch, pixel type, seed and seconds
 * @param options of the loader
 * @param patches that are drawn
 */
record LoaderBench(Bench bench, LoaderOption options, SamplerOptions patches) {
  /** Patches of an epoch at least: starting threads must not show. */
  private static final long LEAST = 1 << 20;

  /**
   * What came out.
   *
   * @param waited share of the time for which the consumer waited or filled
   * @param memoryBytes of the loader's batches and threads
   * @param gaveUp of the patches, those that are not as the sampler promises
   */
  record Result(
      double patchesPerSecond,
      double bytesPerSecond,
      double waited,
      long memoryBytes,
      long patches,
      long gaveUp) {}

  /**
   * @param lines told of each stretch of time, where the options ask for that
   */
  Result run(MaskStore store, Consumer<SoakLine> lines) throws IOException, InterruptedException {
    Path images = options.images;
    if (images == null) {
      return run(store, null, lines);
    }
    try (ImageStore open = ImageStore.open(images)) {
      ImageCrops crops =
          ImageCrops.of(open, bench.size().height(), bench.size().width())
              .order(options.chw ? ChannelOrder.CHW : ChannelOrder.HWC)
              .scaled(options.scaled);
      return run(store, crops, lines);
    }
  }

  private Result run(MaskStore store, @Nullable ImageCrops crops, Consumer<SoakLine> lines)
      throws IOException, InterruptedException {
    int perMask = (int) Math.max(1, Math.min(LEAST, Math.ceilDiv(LEAST, store.size())));
    Sampler sampler = patches.sampler(store, bench.size(), options.batch, perMask);
    LoaderOptions with =
        PatchLoader.of(store, sampler)
            .type(bench.pixel())
            .batch(options.batch)
            .workers(options.workers)
            .turns(options.turns)
            .seed(bench.seed());
    if (crops != null) {
      with.images(crops);
    }
    try (PatchLoader loader = with.open()) {
      take(loader, 0, 0, bench.warmupSeconds(), line -> {});
      return take(loader, crops == null ? 0 : crops.bytes(), 1, bench.seconds(), lines);
    }
  }

  private Result take(
      PatchLoader loader,
      long imageBytes,
      long firstEpoch,
      double seconds,
      Consumer<SoakLine> lines)
      throws InterruptedException {
    double every = options.every > 0 ? options.every * 1e9 : Double.POSITIVE_INFINITY;
    long said = 0;
    long patches = 0;
    long waited = 0;
    long gaveUp = 0;
    long begin = System.nanoTime();
    long now = begin;
    long saidAt = begin;
    for (long e = firstEpoch; patches == 0 || now - begin < seconds * 1e9; e++) {
      try (Epoch epoch = loader.epoch(e)) {
        while (epoch.hasNext() && (patches == 0 || now - begin < seconds * 1e9)) {
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
          try (Batch batch = epoch.next()) {
            patches += batch.size();
          }
          now = System.nanoTime();
          if (now - saidAt >= every) {
            double speed = (patches - said) * 1e9 / (now - saidAt);
            lines.accept(SoakLine.now((now - begin) / 1e9, speed));
            said = patches;
            saidAt = now;
          }
        }
        waited += epoch.waitedNanos();
        gaveUp += epoch.gaveUp();
      }
    }
    double nanos = now - begin;
    long bytes = imageBytes + bench.pixel().patchBytes(bench.size().height(), bench.size().width());
    return new Result(
        patches / nanos * 1e9,
        patches / nanos * 1e9 * bytes,
        waited / nanos,
        loader.memory(),
        patches,
        gaveUp);
  }
}
