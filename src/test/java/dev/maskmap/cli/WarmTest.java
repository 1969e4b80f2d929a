package dev.maskmap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.maskmap.Layout;
import dev.maskmap.MaskStore;
import dev.maskmap.Residency;
import dev.maskmap.internal.os.MapAdvice;
import dev.maskmap.internal.os.PageCache;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code warm}, and what {@code info --system} and {@code bench} say about hints. */
class WarmTest {
  @TempDir Path folder;

  private Path store(Layout layout) throws IOException {
    List<Pixels> masks =
        IntStream.range(0, 3).mapToObj(i -> Pixels.noise(1000 + i, 1000, i)).toList();
    return Stores.write(folder.resolve("t.masks"), layout, masks);
  }

  private static void drop(Path store) throws IOException {
    for (String name : Stores.names(store)) {
      PageCache.drop(store.resolve(name));
    }
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void warmSaysWhatItDidAndDoesItOnce(Layout layout) throws IOException {
    Path store = store(layout);
    if (!MapAdvice.canAsk()) {
      String out = CommandRun.ok("warm", store).out();
      assertTrue(out.contains("whether they are in memory is not known"), out);
      return;
    }
    if (PageCache.canDrop()) {
      drop(store);
    }
    String first = CommandRun.ok("warm", store).out();
    assertTrue(first.startsWith(store + ": all "), first);
    String second = CommandRun.ok("warm", store).out();
    assertTrue(second.matches("(?s).*: all .* were in memory already\\R"), second);
    String json = CommandRun.ok("warm", store, "--json").out();
    assertTrue(json.matches("(?s).*\"bytes\": (\\d+), .*\"resident\": \\1, .*"), json);
  }

  @Test
  void theLineTellsTheCasesApart() {
    Residency cold = new Residency(5000, 1000);
    Residency all = new Residency(5000, 5000);
    assertEquals(
        "all 5,000 bytes are in memory, 4,000 bytes of them read now in 0.50 s",
        WarmCommand.text(cold, all, 0.5));
    assertEquals("all 5,000 bytes were in memory already", WarmCommand.text(all, all, 0.5));
    assertEquals(
        "1,000 bytes of 5,000 bytes are in memory; there is no room for the rest",
        WarmCommand.text(cold, cold, 0.5));
    Residency unknown = new Residency(5000, -1);
    assertEquals(
        "read 5,000 bytes in 0.50 s; whether they are in memory is not known",
        WarmCommand.text(unknown, unknown, 0.5));
  }

  @Test
  void infoSaysHowMuchIsInMemoryBeforeItReads() throws IOException {
    Path store = store(Layout.BITS);
    String all = CommandRun.ok("info", store, "--system").out();
    assertTrue(all.contains("\npage size     "), all);
    if (!MapAdvice.canAsk()) {
      assertTrue(all.contains("\nin memory     not known"), all);
      return;
    }
    assertTrue(all.contains("\nin memory     all of "), all);
    assumeTrue(PageCache.canDrop());
    drop(store);
    try (MaskStore open = MaskStore.open(store)) {
      assumeTrue(!open.residency().isComplete(), "nothing is dropped here");
    }
    drop(store);
    String none = CommandRun.ok("info", store, "--system", "--json").out();
    String some = none.replaceAll("(?s).*\"resident_bytes\": (\\d+).*", "$1").strip();
    assertTrue(Long.parseLong(some) < 200_000, none);
  }

  @Test
  void aColdBenchComparesWithAndWithoutHints() throws IOException {
    Path store = store(Layout.BITS);
    Object[] bench = {"bench", store, "--cold", "--seconds", 0.01, "--warmup", 0, "--ahead", 8};
    if (!PageCache.canDrop()) {
      CommandRun.refused(1, "native access", bench);
      return;
    }
    CommandRun run = CommandRun.of(bench);
    assumeTrue(!run.err().contains("its disk is memory"), run.err());
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("ns a patch without hints"), run.out());
    assertEquals(null, System.getProperty(MapAdvice.PROPERTY));
    String alone =
        CommandRun.ok(
                "bench", store, "--cold", "--no-hints", "--seconds", 0.01, "--warmup", 0, "--json")
            .out();
    assertTrue(alone.contains("\"cold\": true, \"hints\": false"), alone);
    assertTrue(!alone.contains("ratio"), alone);
    CommandRun.refused(2, "--cold", "bench", store, "--cold", "--threads", 2);
    CommandRun.refused(2, "--ahead", "bench", store, "--ahead", -1);
  }

  @Test
  void aStoreThatIsMappedElsewhereIsNotMeasuredCold() throws IOException {
    assumeTrue(PageCache.canDrop());
    Path path = store(Layout.BITS);
    try (MaskStore store = MaskStore.open(path)) {
      store.warm();
      CommandRun.refused(
          1, "stays in memory", "bench", path, "--cold", "--seconds", 0.01, "--warmup", 0);
    }
  }

  @Test
  void everyMemberAboutTheSystemIsDocumented() throws IOException {
    String page = Files.readString(Path.of("docs", "look.md"));
    for (String key : SystemFacts.ofThisProcess().json().keySet()) {
      assertTrue(page.contains("`" + key + "`"), key);
    }
    for (String key : List.of("mapped_bytes", "resident_bytes", "read_ahead_kib")) {
      assertTrue(page.contains("`" + key + "`"), key);
    }
  }
}
