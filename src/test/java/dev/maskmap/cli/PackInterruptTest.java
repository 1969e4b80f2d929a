package dev.maskmap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An interrupt, which is what Ctrl-C does to the command's thread, leaves no trace. */
class PackInterruptTest {
  private static final int IMAGES = 1_000;

  @TempDir Path folder;
  private Path in;

  @BeforeEach
  void images() throws IOException {
    in = folder.resolve("in");
    Path one = PackFolder.gray(in.resolve("0.png"), 300, 300, (y, x) -> (y * x) % 5 / 4);
    for (int i = 1; i < IMAGES; i++) {
      Files.copy(one, in.resolve(i + ".png"));
    }
  }

  @Test
  void aNewStore() throws Exception {
    interrupt("pack", in, "-o", folder.resolve("t.masks"));
    assertEquals(List.of("in"), PackFolder.left(folder));
  }

  @Test
  void aPartOfADataSet() throws Exception {
    Path set = folder.resolve("t.data");
    Path first = PackFolder.gray(folder.resolve("a.png"), 1, 1, (y, x) -> 1);
    CommandRun.ok("pack", first, "-o", set, "--append");
    List<String> before = Stores.names(set);
    interrupt("pack", in, "-o", set, "--append");
    assertEquals(before, Stores.names(set));
    assertEquals(List.of("a 1x1 0,0"), PackFolder.masks(set));
    assertEquals(List.of("a.png", "in", "t.data"), PackFolder.left(folder));
  }

  @Test
  void aReplacement() throws Exception {
    Path store = folder.resolve("t.masks");
    CommandRun.ok("pack", in, "-o", store);
    byte[] before = Files.readAllBytes(store.resolve("maskmap.json"));
    interrupt("pack", in, "-o", store, "--replace", "--threshold", 9);
    assertEquals(List.of("in", "t.masks"), PackFolder.left(folder));
    assertEquals(new String(before), Files.readString(store.resolve("maskmap.json")));
  }

  @Test
  void storesOfLabels() throws Exception {
    interrupt("pack", in, "-o", folder + "/{label}", "--split-labels", "--ignore", 7);
    assertEquals(List.of("in"), PackFolder.left(folder));
  }

  /** Interrupts a command as soon as it writes masks. */
  private void interrupt(Object... command) throws Exception {
    long before = arrays();
    AtomicReference<CommandRun> run = new AtomicReference<>();
    Thread thread = new Thread(() -> run.set(CommandRun.of(command)));
    thread.start();
    while (arrays() <= before && thread.isAlive()) {
      Thread.sleep(1);
    }
    thread.interrupt();
    thread.join(20_000);
    assertEquals(1, run.get().code(), run.get().toString());
    assertTrue(run.get().err().contains("interrupted"), run.get().err());
  }

  private long arrays() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.endsWith("masks.npy")).count();
    } catch (UncheckedIOException e) {
      return 0; // Something was removed meanwhile.
    }
  }
}
