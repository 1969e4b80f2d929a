package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.Residency;
import dev.maskmap.internal.os.PageCache;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads patches of a store that is not in memory: its files are dropped from there before each
 * round, and opened anew. With and without hints in turns, so that both meet the same machine.
 *
 * @param opener opens the store
 * @param bench what to read, and for how long; one thread
 */
record ColdBench(Opener opener, Bench bench) {
  /**
   * Patches of one round: so few that hardly any finds its pages brought in by another, as in a
   * data set that is larger than the memory.
   */
  static final int PATCHES = 64;

  private static final int MIN_ROUNDS = 5;

  /** What opening brings in: some of each file behind the header that is read. */
  private static final long OPENING_BYTES = 1 << 20;

  /** Opens the store that is measured. */
  @FunctionalInterface
  interface Opener {
    MaskStore open() throws IOException;
  }

  /**
   * Runs it.
   *
   * @param modes whether hints are given: one, or both in turns
   * @return the nanoseconds a patch of each round, for each of {@code modes}
   * @throws IOException if the files cannot be dropped
   */
  List<double[]> run(List<Boolean> modes) throws IOException, InterruptedException {
    List<List<Double>> rounds = new ArrayList<>();
    modes.forEach(mode -> rounds.add(new ArrayList<>()));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment to = bench.destination(arena);
      try (MaskStore store = opener.open()) {
        Patches patches = Patches.draw(store, Bench.PATCHES, bench.size(), bench.seed());
        bench.rounds(store, patches, to, bench.warmupSeconds());
      }
      long begin = System.nanoTime();
      for (int round = 0;
          round < MIN_ROUNDS || System.nanoTime() - begin < bench.seconds() * 1e9;
          round++) {
        for (int m = 0; m < modes.size(); m++) {
          Patches patches = draw(bench.seed() + 1 + (long) round * modes.size() + m);
          rounds.get(m).add(HintSwitch.with(modes.get(m), () -> round(patches, to)));
        }
      }
    }
    return rounds.stream().map(ColdBench::array).toList();
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Drawn before the files are dropped, because the sizes of masks are read for it. */
  private Patches draw(long seed) throws IOException {
    try (MaskStore store = opener.open()) {
      return Patches.draw(store, PATCHES, bench.size(), seed);
    }
  }

  private double round(Patches patches, MemorySegment to) throws IOException {
    try (MaskStore store = openCold()) {
      long start = System.nanoTime();
      bench.round(store, patches, to);
      return (System.nanoTime() - start) / (double) PATCHES;
    }
  }

  private MaskStore openCold() throws IOException {
    List<Path> files;
    // What is mapped is not dropped.
    try (MaskStore store = opener.open()) {
      files = files(store);
    }
    for (Path file : files) {
      PageCache.drop(file);
    }
    MaskStore store = opener.open();
    Residency left = store.residency();
    if (!left.isKnown() || left.residentBytes() > mayStay(left.bytes())) {
      Path path = store.path();
      store.close();
      if (!left.isKnown()) {
        throw new IOException(
            path
                + ": the system does not tell what of it is in memory; own the files, or copy"
                + " them");
      }
      throw new IOException(
          path
              + ": stays in memory: its disk is memory, another process has it mapped, or it is not"
              + " written out (sync)");
    }
    return store;
  }

  private static long mayStay(long bytes) {
    return Math.min(OPENING_BYTES + bytes / 20, bytes / 2);
  }

  private static List<Path> files(MaskStore store) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path part : store.parts()) {
      if (!Files.isDirectory(part)) {
        files.add(part);
        continue;
      }
      try (Stream<Path> here = Files.list(part)) {
        here.filter(Files::isRegularFile).forEach(files::add);
      }
    }
    return files;
  }
}
