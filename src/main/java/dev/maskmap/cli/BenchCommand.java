package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.PixelType;
import dev.maskmap.internal.json.Json;
import dev.maskmap.internal.os.MapAdvice;
import dev.maskmap.load.LoaderOptions;
import dev.maskmap.sample.Turns;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code maskmap bench}. */
@Command(
    name = "bench",
    sortOptions = false,
    description = {
      "Measure how many random patches a second come out of a store.",
      "",
      "4,096 patches a thread, drawn beforehand (masks and origins uniform), are read round after"
          + " round; medians over the rounds. --cold measures a store that is not in memory.",
      ""
    },
    footer = {"", "Example:", "  maskmap bench train.masks --pixel float32 --threads 2"})
final class BenchCommand implements Callable<Integer> {
  private static final int MAX_THREADS = 1024;
  private static final double MAX_SECONDS = 86_400;

  @Spec CommandSpec spec = CommandSpec.create();

  @Mixin final StoreArgument store = new StoreArgument();

  @Option(
      names = "--patch",
      paramLabel = "HxW",
      converter = Size.Converter.class,
      description =
          "Height and width of a patch, in pixels; at most those of the mask."
              + " Default: ${DEFAULT-VALUE}.")
  Size patch = new Size(256, 256);

  @Option(
      names = "--pixel",
      paramLabel = "TYPE",
      converter = PixelTypes.Converter.class,
      description =
          "What a pixel becomes: uint8 (default), uint8_255, float16, bfloat16, float32, int64 or"
              + " packed.")
  PixelType pixel = PixelType.UINT8;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that read, each into memory of its own. Default: ${DEFAULT-VALUE}.")
  int threads = 1;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "How long to measure, after a warm-up. Default: ${DEFAULT-VALUE}.")
  double seconds = 5;

  @Option(
      names = "--warmup",
      paramLabel = "S",
      description = "How long to warm up, in seconds. Default: ${DEFAULT-VALUE}.")
  double warmup = 2;

  @Option(
      names = "--ring",
      paramLabel = "BYTES",
      converter = ByteSize.Converter.class,
      description =
          "Fill a ring of so many bytes a thread (such as 4M), as a loader does. Default: one"
              + " patch's room, used again and again.")
  long ring = 0;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Draw other patches; the same seed draws the same. Default: ${DEFAULT-VALUE}.")
  long seed = 1;

  @Option(
      names = "--cold",
      description =
          "Drop the store's files from memory before each round of 64 patches, and read with and"
              + " without hints in turns; on one thread.")
  boolean cold;

  @Option(
      names = "--no-hints",
      description = "Say nothing to the system ahead, and put rings on plain pages.")
  boolean noHints;

  @Option(
      names = "--ahead",
      paramLabel = "N",
      description = "Prefetch so many patches before each is read. Default: ${DEFAULT-VALUE}.")
  int ahead = 0;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @ArgGroup(validate = false, heading = "%nA loader:%n")
  LoaderOption loading = new LoaderOption();

  @ArgGroup(validate = false, heading = "%nIts patches:%n")
  SamplerOptions patches = new SamplerOptions();

  @Mixin final KernelOption kernel = new KernelOption();

  @Mixin final CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    require(threads >= 1 && threads <= MAX_THREADS, "--threads: expected 1 to " + MAX_THREADS);
    require(seconds > 0 && seconds <= MAX_SECONDS, "--seconds: expected more than 0, up to 86400");
    require(warmup >= 0 && warmup <= MAX_SECONDS, "--warmup: expected 0 to 86400");
    require(ahead >= 0 && ahead < Bench.PATCHES, "--ahead: expected 0 to 4095");
    require(!cold || threads == 1, "--cold: reads on one thread");
    require(
        !loading.loader || (!cold && threads == 1 && ring == 0 && ahead == 0),
        "--loader has its own threads and memory; --cold, --threads, --ring and --ahead do not go"
            + " with it");
    require(
        loading.loader || !patches.isGiven(),
        "--sampler, --per-mask, --weights, --only and --without are of a loader: give --loader");
    require(
        loading.loader
            || (loading.images == null && loading.turns == Turns.NONE && loading.every == 0),
        "--images, --turns and --every are of a loader: give --loader");
    require(loading.batch >= 1, "--batch: expected 1 or more");
    require(
        loading.images != null || (!loading.chw && !loading.scaled),
        "--chw and --scaled need --images");
    require(
        loading.workers >= 1 && loading.workers <= LoaderOptions.MAX_WORKERS,
        "--workers: expected 1 to " + LoaderOptions.MAX_WORKERS);
    require(
        loading.every >= 0 && loading.every <= MAX_SECONDS, "--every: expected 0 to 86400 seconds");
    String running = kernel.choose();
    // Those that are off for the whole process stay so.
    noHints |= !MapAdvice.isWanted();
    return HintSwitch.<Integer, IOException>with(!noHints, () -> run(running));
  }

  private int run(String running) throws IOException, InterruptedException {
    Bench bench;
    Map<String, Object> members;
    try (MaskStore open = store.open()) {
      bench = new Bench(clip(open), pixel, threads, warmup, seconds, ring, seed, ahead);
      members = about(open, bench, running);
      if (loading.loader) {
        List<SoakLine> lines = new ArrayList<>();
        LoaderBench.Result result =
            new LoaderBench(bench, loading, patches).run(open, line -> tell(line, lines));
        report(bench, result, lines, running, members);
        return 0;
      }
      if (!cold) {
        report(bench, bench.run(open), running, members, null);
        return 0;
      }
    }
    // Only now: what is mapped is not dropped from memory.
    List<Boolean> modes = noHints ? List.of(false) : List.of(true, false);
    List<double[]> rounds = new ColdBench(store::open, bench).run(modes);
    BenchResult result = BenchResult.of(bench, rounds.subList(0, 1));
    report(bench, result, running, members, noHints ? null : rounds.getLast());
    return 0;
  }

  private void require(boolean sound, String message) {
    if (!sound) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  private Size clip(MaskStore open) {
    if (!open.isUniform()) {
      return patch;
    }
    Size clipped =
        new Size(Math.min(patch.height(), open.height(0)), Math.min(patch.width(), open.width(0)));
    if (!clipped.equals(patch)) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("maskmap: masks are smaller than %s: reading %s".formatted(patch, clipped));
    }
    return clipped;
  }

  private static void print(PrintWriter out, Bench bench, BenchResult result, String kernel) {
    out.printf(Locale.ROOT, "%,.0f patches/s%n", result.patchesPerSecond());
    out.printf(
        Locale.ROOT,
        "%,.0f ns a patch in the median of %,d rounds, %,.0f in the best%n",
        result.medianNanos(),
        result.rounds(),
        result.minNanos());
    out.printf(Locale.ROOT, "%.2f GB/s written%n", result.bytesPerSecond() / 1e9);
    out.printf(
        Locale.ROOT,
        "patch %s %s, %d thread%s, %s kernel%n",
        bench.size(),
        PixelTypes.name(bench.pixel()),
        bench.threads(),
        bench.threads() == 1 ? "" : "s",
        kernel);
  }

  /**
   * @param bare the rounds without hints, where both kinds were measured
   */
  private void report(
      Bench bench,
      BenchResult result,
      String running,
      Map<String, Object> members,
      double @Nullable [] bare) {
    members.put("patches_per_second", result.patchesPerSecond());
    members.put("ns_per_patch_median", result.medianNanos());
    members.put("ns_per_patch_min", result.minNanos());
    members.put("bytes_per_second", result.bytesPerSecond());
    members.put("rounds", result.rounds());
    if (bare != null) {
      members.put("ns_per_patch_median_without_hints", BenchResult.median(bare));
      members.put("ratio_to_without_hints", result.medianNanos() / BenchResult.median(bare));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.write(members));
      return;
    }
    print(out, bench, result, running);
    if (bare != null) {
      out.printf(
          Locale.ROOT,
          "%,.0f ns a patch without hints: with them %.3f of the time%n",
          BenchResult.median(bare),
          result.medianNanos() / BenchResult.median(bare));
    }
  }

  private void tell(SoakLine line, List<SoakLine> lines) {
    lines.add(line);
    if (!json) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(line.text());
      out.flush();
    }
  }

  private void report(
      Bench bench,
      LoaderBench.Result result,
      List<SoakLine> lines,
      String running,
      Map<String, Object> members) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      members.remove("destination_bytes");
      members.put("threads", 1);
      members.put("batch", loading.batch);
      members.put("workers", loading.workers);
      members.put("sampler", patches.choice().toString());
      members.put("turns", loading.turns.name().toLowerCase(Locale.ROOT));
      members.put("images", loading.images == null ? null : loading.images.toString());
      members.put("patches_per_second", result.patchesPerSecond());
      members.put("bytes_per_second", result.bytesPerSecond());
      members.put("consumer_waited", result.waited());
      members.put("loader_bytes", result.memoryBytes());
      members.put("gave_up_share", (double) result.gaveUp() / result.patches());
      if (!lines.isEmpty()) {
        members.put("every", lines.stream().map(SoakLine::json).toList());
      }
      out.println(Json.write(members));
      return;
    }
    out.printf(Locale.ROOT, "%,.0f patches/s%n", result.patchesPerSecond());
    out.printf(Locale.ROOT, "%.2f GB/s written%n", result.bytesPerSecond() / 1e9);
    out.printf(
        Locale.ROOT,
        "batches of %d in %.1f MB, %s, by %d worker%s; the consumer waited %.1f %% of the time%n",
        loading.batch,
        result.memoryBytes() / 1e6,
        patches.choice(),
        loading.workers,
        loading.workers == 1 ? "" : "s",
        100 * result.waited());
    if (result.gaveUp() > 0) {
      out.printf(
          Locale.ROOT,
          "%.2f %% of the patches have less foreground than asked for%n",
          100.0 * result.gaveUp() / result.patches());
    }
    if (loading.images != null || loading.turns != Turns.NONE) {
      String images = loading.images == null ? "no images" : "crops of " + loading.images;
      out.printf("%s, turns %s%n", images, loading.turns.name().toLowerCase(Locale.ROOT));
    }
    out.printf("patch %s %s, %s kernel%n", bench.size(), PixelTypes.name(bench.pixel()), running);
  }

  private Map<String, Object> about(MaskStore open, Bench bench, String running) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("store", open.path().toString());
    members.put("layout", open.layout().toString());
    members.put("masks", open.size());
    members.put("height", open.isUniform() ? open.height(0) : null);
    members.put("width", open.isUniform() ? open.width(0) : null);
    members.put("patch", bench.size().toString());
    members.put("pixel", PixelTypes.name(bench.pixel()));
    members.put("threads", bench.threads());
    members.put("kernel", running);
    members.put("destination_bytes", bench.destinationBytes());
    members.put("seed", bench.seed());
    members.put("cold", cold);
    members.put("hints", !noHints);
    members.put("ahead", ahead);
    return members;
  }
}
