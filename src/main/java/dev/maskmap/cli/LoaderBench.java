package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.load.Batch;
import dev.maskmap.load.Epoch;
import dev.maskmap.load.PatchLoader;
import dev.maskmap.sample.Sampler;
import java.io.IOException;
import java.util.function.Consumer;

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
   * @param waited share of the time for which the consumer waited
   * @param memoryBytes of the loader's batches and threads
   */
  record Result(double patchesPerSecond, double bytesPerSecond, double waited, long memoryBytes) {}

  /**
   * @param lines told of each stretch of time, where the options ask for that
   */
  Result run(MaskStore store, Consumer<SoakLine> lines) throws IOException, InterruptedException {
    int perMask = (int) Math.max(1, Math.min(LEAST, Math.ceilDiv(LEAST, store.size())));
    Sampler sampler = patches.sampler(store, bench.size(), options.batch, perMask);
    try (PatchLoader loader =
        PatchLoader.of(store, sampler)
            .type(bench.pixel())
            .batch(options.batch)
            .workers(options.workers)
            .seed(bench.seed())
            .open()) {
      take(loader, 0, bench.warmupSeconds(), line -> {});
      return take(loader, 1, bench.seconds(), lines);
    }
  }

  private Result take(PatchLoader loader, long firstEpoch, double seconds, Consumer<SoakLine> lines)
      throws InterruptedException {
    double every = options.every > 0 ? options.every * 1e9 : Double.POSITIVE_INFINITY;
    long said = 0;
    long patches = 0;
    long waited = 0;
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
      }
    }
    double nanos = now - begin;
    long bytes = bench.pixel().patchBytes(bench.size().height(), bench.size().width());
    return new Result(
        patches / nanos * 1e9, patches / nanos * 1e9 * bytes, waited / nanos, loader.memory());
  }
}
