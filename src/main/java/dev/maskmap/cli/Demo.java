package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.PixelType;
import dev.maskmap.convert.ForegroundRule;
import dev.maskmap.convert.ImportOptions;
import dev.maskmap.convert.ImportProgress;
import dev.maskmap.convert.ImportSummary;
import dev.maskmap.convert.Inputs;
import dev.maskmap.convert.MaskFiles;
import dev.maskmap.convert.array.ArrayFormat;
import dev.maskmap.convert.coco.CocoRequest;
import dev.maskmap.convert.pixels.Channel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * What the demo does, step by step.
 *
 * @param home an empty folder, which everything goes into
 */
record Demo(Path home, int masks, double seconds, String kernel, PrintWriter out) {
  private static final long SEED = 2026;
  private static final int CHECKED_PATCHES = 300;
  private static final Size PATCH = new Size(256, 256);
  private static final double WARMUP_SECONDS = 2;

  void run() throws IOException, InterruptedException, ExecutionException {
    say("Drawing %d masks of %d x %d pixels", masks, DemoMasks.HEIGHT, DemoMasks.WIDTH);
    List<BufferedImage> drawn = draw();
    say("Packing them into a store");
    ImportSummary summary = pack();
    try (MaskStore open = MaskStore.open(store())) {
      say("Comparing %d random %s patches with a naive loop", CHECKED_PATCHES, PATCH);
      check(open, drawn);
      say("Measuring for %.0f seconds, after %.0f to warm up", seconds, WARMUP_SECONDS);
      BenchResult result =
          new Bench(PATCH, PixelType.UINT8, 1, WARMUP_SECONDS, seconds, 0, SEED, 0).run(open);
      Path sheet = home.resolve("sheet.png");
      new SampleSheet(open, null)
          .write(Spots.draw(MaskPool.all(open), 16, PATCH, SEED), sheet, false);
      report(summary, result, sheet);
    }
  }

  private ImportSummary pack() throws IOException, InterruptedException {
    Inputs inputs = new Inputs(Channel.VALUES, ArrayFormat.plain(), CocoRequest.plain());
    try (StoreOutput output = StoreOutput.open(store(), StoreOutput.Mode.CREATE, null)) {
      return Packing.run(
              inputs.of(MaskFiles.resolve(List.of(pictures().toString()))),
              ForegroundRule.nonZero(),
              ImportOptions.plain(Runtime.getRuntime().availableProcessors()),
              output,
              ImportProgress.NONE)
          .summary();
    }
  }

  private Path pictures() {
    return home.resolve("png");
  }

  private Path store() {
    return home.resolve("demo.masks");
  }

  private void say(String form, Object... values) {
    out.printf(Locale.ROOT, form + "%n", values);
  }

  private List<BufferedImage> draw() throws IOException, InterruptedException, ExecutionException {
    Files.createDirectory(pictures());
    int threads = Runtime.getRuntime().availableProcessors();
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      try {
        List<Future<BufferedImage>> futures = new ArrayList<>();
        for (int i = 0; i < masks; i++) {
          int index = i;
          futures.add(workers.submit(() -> drawOne(index)));
        }
        List<BufferedImage> images = new ArrayList<>();
        for (Future<BufferedImage> future : futures) {
          images.add(future.get());
        }
        return images;
      } finally {
        workers.shutdownNow();
      }
    }
  }

  private BufferedImage drawOne(int index) throws IOException {
    BufferedImage image = DemoMasks.draw(SEED, index);
    String name = String.format(Locale.ROOT, "mask-%04d.png", index);
    PictureFiles.writePng(pictures().resolve(name), image, false);
    return image;
  }

  private static void check(MaskStore store, List<BufferedImage> drawn) {
    Patches patches = Patches.draw(store, CHECKED_PATCHES, PATCH, SEED);
    for (int i = 0; i < patches.count(); i++) {
      long mask = patches.masks()[i];
      Origin at = new Origin(patches.y()[i], patches.x()[i]);
      byte[] pixels = new PatchFile(store, mask, at, PATCH).bytes();
      if (!matches(pixels, drawn.get((int) mask), at)) {
        throw new IllegalStateException(
            "mask %d: the patch at %d,%d differs from the picture; please report it"
                .formatted(mask, at.y(), at.x()));
      }
    }
  }

  private static boolean matches(byte[] pixels, BufferedImage image, Origin at) {
    for (int y = 0, i = 0; y < PATCH.height(); y++) {
      for (int x = 0; x < PATCH.width(); x++) {
        if (pixels[i++] != image.getRaster().getSample(at.x() + x, at.y() + y, 0)) {
          return false;
        }
      }
    }
    return true;
  }

  private void report(ImportSummary summary, BenchResult result, Path sheet) throws IOException {
    say("");
    say("  at one byte a pixel   %s", ByteSize.text(summary.sizes().pixels()));
    say("  in the store          %s", ByteSize.text(StoreFiles.bytes(store())));
    say("  as PNG                %s", ByteSize.text(summary.bytes()));
    say("  patches a second      %,.0f, one thread, %s kernel", result.patchesPerSecond(), kernel);
    say("  patches checked       %d, all equal", CHECKED_PATCHES);
    say("  contact sheet         %s", sheet);
    say("");
    say("Next:");
    say("  maskmap info %s", store());
    say("  maskmap crop %s --mask 3 --at 100,250 --size 256x256 -o patch.png", store());
    say("  maskmap pack YOUR_MASKS/ -o train.masks");
  }

  /** Removes what a demo that failed has made. */
  void remove() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
