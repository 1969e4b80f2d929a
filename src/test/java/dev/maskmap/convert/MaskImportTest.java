package dev.maskmap.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.ImportOptions.NameCheck;
import dev.maskmap.convert.array.ArrayFormat;
import dev.maskmap.convert.coco.CocoRequest;
import dev.maskmap.convert.image.TestImages;
import dev.maskmap.convert.pixels.Channel;
import dev.maskmap.convert.pixels.PackedMask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskImportTest {
  private static final int HEIGHT = 9;
  private static final int WIDTH = 13;

  @TempDir Path folder;
  private final TestInputs tests = new TestInputs();
  private final List<String> seen = new ArrayList<>();

  @AfterEach
  void noWorkerAndNoInputIsLeft() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("mask-")) {
        // Its last task has ended; give it the moment that it needs to end itself.
        thread.join(2_000);
        assertFalse(thread.isAlive(), thread.getName());
      }
    }
    assertEquals(0, tests.open.get());
  }

  @Test
  void masksArriveInOrderAndTheSameOnAnyNumberOfJobs() throws Exception {
    List<MaskInput> files = images(50);
    RuleImport.Result one = run(files, ImportOptions.plain(1));
    List<String> inOrder = List.copyOf(seen);
    assertEquals(50, one.summary().masks());
    assertEquals("50 masks of 9 x 13 pixels (height x width)", one.summary().sizes().describe());
    for (int jobs : new int[] {2, 3, 8, 100}) {
      seen.clear();
      RuleImport.Result many = run(files, ImportOptions.plain(jobs));
      assertEquals(inOrder, seen);
      assertEquals(one.values().render(), many.values().render());
    }
  }

  @Test
  void inputsAreOpenedOneAfterAnotherAndOnlyOnce() throws Exception {
    AtomicInteger most = new AtomicInteger();
    List<MaskInput> inputs =
        List.of(
            tests.of("a", TestInputs.mask("a/0"), TestInputs.mask("a/1")),
            tests.of("none"),
            tests.of("b", TestInputs.mask("b")));
    RuleImport.run(
        inputs,
        rule(),
        ImportOptions.plain(3),
        (name, mask) -> most.accumulateAndGet(tests.open.get(), Math::max),
        ImportProgress.NONE);
    assertTrue(most.get() <= 1, most.toString());
    assertEquals(3, tests.opened.get());
  }

  @Test
  void progressCountsMasksInputsAndTheirBytes() throws Exception {
    List<ImportProgress.State> states = new ArrayList<>();
    List<MaskInput> inputs =
        List.of(
            tests.of("a", TestInputs.mask("a/0"), TestInputs.mask("a/1")),
            tests.of("b", TestInputs.mask("b")));
    RuleImport.run(inputs, rule(), ImportOptions.plain(2), (n, m) -> {}, states::add);
    assertEquals(
        List.of(
            new ImportProgress.State(1, 0, 2, 1, 3),
            new ImportProgress.State(2, 0, 2, 2, 3),
            new ImportProgress.State(2, 1, 2, 2, 3),
            new ImportProgress.State(3, 1, 2, 3, 3),
            new ImportProgress.State(3, 2, 2, 3, 3)),
        states);
  }

  @Test
  void theErrorIsThatOfTheFirstBadItemOnAnyNumberOfJobs() throws Exception {
    TestInputs.Item slow =
        TestInputs.item(
            "17",
            () -> {
              LockSupport.parkNanos(50_000_000);
              throw new IOException("17.img: bad");
            });
    List<MaskInput> inputs =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    i == 17
                        ? tests.of("17", slow)
                        : tests.of(
                            "" + i, i < 17 ? TestInputs.mask("" + i) : TestInputs.bad("" + i)))
            .toList();
    for (int jobs : new int[] {1, 2, 7, 40}) {
      seen.clear();
      IOException e = assertThrows(IOException.class, () -> run(inputs, ImportOptions.plain(jobs)));
      assertEquals("17.img: bad", e.getMessage());
      assertEquals(17, seen.size());
    }
  }

  @Test
  void whoKeepsGoingHearsOfEveryBadItemAndInput() throws Exception {
    List<MaskInput> inputs =
        List.of(
            tests.of("a", TestInputs.bad("a")),
            tests.failing("b", TestInputs.mask("b/0"), TestInputs.bad("b/1")),
            tests.of("c", TestInputs.mask("two\nlines"), TestInputs.mask("c")),
            tests.failing("d"),
            tests.of("e", TestInputs.mask("c")));
    RuleImport.Result result = run(inputs, keepGoing(Naming.PATH));
    assertEquals(List.of("b/0 3x2 [64, -128]", "c 3x2 [64, -128]"), seen);
    List<String> failures = result.summary().failures();
    assertEquals(List.of("a.img: bad", "b/1.img: bad", "b: cut short"), failures.subList(0, 3));
    assertTrue(failures.get(3).startsWith("two\\u000alines.img: its name is empty or has control"));
    assertEquals("d: cut short", failures.get(4));
    assertTrue(failures.get(5).startsWith("c.img: would be mask 'c', and so is c; names in a"));
    assertEquals(6, result.summary().failed());
    assertEquals(2, result.summary().masks());
  }

  @Test
  void namesThatNoStoreHoldsAreRefusedAndNamesThatLookLikePathsAreNames() throws Exception {
    List<MaskInput> inputs =
        List.of(
            tests.of(
                "x",
                TestInputs.mask("../../up"),
                TestInputs.mask("/root"),
                TestInputs.mask("n\0l"),
                TestInputs.mask(""),
                TestInputs.mask("half \uD800"),
                TestInputs.mask("\u00e9".repeat(10_000))));
    RuleImport.Result result = run(inputs, keepGoing(Naming.PATH));
    assertEquals(List.of("../../up", "/root"), names());
    assertEquals(4, result.summary().failed());
    String last = result.summary().failures().getLast();
    assertTrue(last.endsWith("20000 bytes of UTF-8, more than 4096; use --names sequence"), last);
  }

  @Test
  void aDefectOfAReaderNamesTheItem() {
    TestInputs.Item broken =
        TestInputs.item(
            "x",
            () -> {
              throw new IndexOutOfBoundsException("oops");
            });
    IOException e =
        assertThrows(
            IOException.class, () -> run(List.of(tests.of("x", broken)), ImportOptions.plain(1)));
    assertTrue(e.getMessage().startsWith("x.img: unexpected"), e.getMessage());
    TestInputs.Item huge =
        TestInputs.item(
            "y",
            () -> {
              throw new OutOfMemoryError("heap");
            });
    e =
        assertThrows(
            IOException.class, () -> run(List.of(tests.of("y", huge)), ImportOptions.plain(1)));
    assertTrue(e.getMessage().startsWith("y.img: not enough memory"), e.getMessage());
  }

  @Test
  void aNameMayBeRefusedFromOutside() {
    NameCheck check = name -> name.equals("b") ? "is there already" : null;
    ImportOptions options = new ImportOptions(1, false, Naming.PATH, Shard.ALL, check);
    IOException e =
        assertThrows(
            IOException.class,
            () -> run(List.of(tests.of("x", TestInputs.mask("a"), TestInputs.mask("b"))), options));
    assertEquals("b.img: is there already", e.getMessage());
  }

  @Test
  void stemsAreTheLastPartsAndKeepTheNumbersOfStacks() throws Exception {
    List<MaskInput> inputs =
        List.of(
            tests.of("a/b/c", TestInputs.mask("a/b/c")),
            tests.of("a/stack", TestInputs.mask("a/stack/0"), TestInputs.mask("a/stack/1")),
            tests.of("z", TestInputs.mask("member/of/archive")));
    run(inputs, named(Naming.STEM));
    assertEquals(List.of("c", "stack/0", "stack/1", "archive"), names());
  }

  @Test
  void aSequenceCountsItemsAndSkipsTheNumbersOfBadOnes() throws Exception {
    List<MaskInput> inputs =
        List.of(
            tests.of("a", TestInputs.mask("same"), TestInputs.mask("same")),
            tests.of("b", TestInputs.bad("b")),
            tests.of(
                "c",
                IntStream.range(0, 8)
                    .mapToObj(i -> TestInputs.mask("two\nlines"))
                    .toArray(TestInputs.Item[]::new)));
    run(inputs, keepGoing(Naming.SEQUENCE));
    assertEquals(List.of("00", "01", "03"), names().subList(0, 3));
    assertEquals("10", names().getLast());
    seen.clear();
    run(inputs.subList(0, 1), keepGoing(Naming.SEQUENCE));
    assertEquals(List.of("0", "1"), names());
  }

  @Test
  void everyMaskIsInExactlyOneShardThatItsNameTells() throws Exception {
    TestInputs.Item[] items =
        IntStream.range(0, 200)
            .mapToObj(i -> TestInputs.mask("m" + i))
            .toArray(TestInputs.Item[]::new);
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      seen.clear();
      Shard shard = new Shard(i, 3);
      run(
          List.of(tests.of("x", items)),
          new ImportOptions(2, false, Naming.PATH, shard, NameCheck.NONE));
      assertTrue(names().size() > 40, names().toString());
      for (String name : names()) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertEquals(i, crc.getValue() % 3);
      }
      all.addAll(names());
    }
    assertEquals(200, all.stream().distinct().count());
    assertEquals(200, all.size());
    assertThrows(IllegalArgumentException.class, () -> new Shard(3, 3));
    assertThrows(IllegalArgumentException.class, () -> new Shard(-1, 3));
  }

  @Test
  void notesAreSaidOnceWithHowOftenAndWhereFirst() throws Exception {
    List<MaskInput> inputs =
        List.of(
            tests.of(
                "a", noted("a", "lossy"), noted("b", ""), noted("c", "odd"), noted("d", "lossy")));
    assertEquals(
        List.of("2 masks, first a.img: lossy", "c.img: odd"),
        run(inputs, ImportOptions.plain(2)).summary().notes());
  }

  private static TestInputs.Item noted(String name, String note) {
    return TestInputs.item(name, () -> new PackedMask(1, 1, new byte[1], note));
  }

  @Test
  void noMoreThanTwoMasksAJobAreAhead() throws Exception {
    AtomicInteger read = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    MaskInput input = counting(60, 1, read);
    RuleImport.run(
        List.of(input),
        rule(),
        ImportOptions.plain(3),
        (name, mask) -> {
          if (taken.incrementAndGet() == 10) {
            // Long enough for the workers to read whatever they may.
            LockSupport.parkNanos(200_000_000);
            // Those taken before, this one, and what is in flight.
            assertTrue(read.get() <= 9 + 6 && read.get() >= 12, read.toString());
          }
        },
        ImportProgress.NONE);
    assertEquals(60, taken.get());
  }

  @Test
  void ofHugeInputsOneIsReadAtATime() throws Exception {
    AtomicInteger read = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    RuleImport.run(
        List.of(counting(9, Long.MAX_VALUE / 100, read)),
        rule(),
        ImportOptions.plain(4),
        (name, mask) -> assertEquals(taken.incrementAndGet(), read.get()),
        ImportProgress.NONE);
    assertEquals(9, taken.get());
  }

  private MaskInput counting(int count, long bytes, AtomicInteger read) {
    return tests.of(
        "x",
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    new TestInputs.Item(
                        "m" + i,
                        "m" + i,
                        bytes,
                        () -> {
                          read.incrementAndGet();
                          return new PackedMask(1, 1, new byte[1]);
                        }))
            .toArray(TestInputs.Item[]::new));
  }

  @Test
  void anErrorOfTheSinkEndsTheImport() throws Exception {
    List<MaskInput> files = images(30);
    IOException full = new IOException("disk full");
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                RuleImport.run(
                    files,
                    rule(),
                    keepGoing(Naming.PATH),
                    (name, mask) -> {
                      throw full;
                    },
                    ImportProgress.NONE));
    assertSame(full, e);
  }

  @Test
  void anInterruptEndsTheImport() throws Exception {
    List<MaskInput> files = images(30);
    CountDownLatch started = new CountDownLatch(1);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread importer =
        new Thread(
            () -> {
              try {
                RuleImport.run(
                    files,
                    rule(),
                    keepGoing(Naming.PATH),
                    (name, mask) -> {
                      started.countDown();
                      while (!Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                      }
                    },
                    ImportProgress.NONE);
              } catch (IOException | InterruptedException e) {
                thrown.set(e);
              }
            });
    importer.start();
    started.await();
    importer.interrupt();
    importer.join(10_000);
    assertEquals(InterruptedException.class, thrown.get().getClass());
  }

  @Test
  void noInputIsNoMaskAndNoJobIsTheCallersMistake() throws Exception {
    assertEquals(0, run(List.of(), ImportOptions.plain(1)).summary().masks());
    assertThrows(IllegalArgumentException.class, () -> ImportOptions.plain(0));
  }

  @Test
  void sizesThatDifferAreSaidWithTheirRangeAndMedian() throws Exception {
    int[][] sizes = {{8, 5}, {3, 3}, {100, 7}};
    TestInputs.Item[] items =
        Arrays.stream(sizes)
            .map(
                s ->
                    TestInputs.item(
                        s[0] + "x" + s[1],
                        () -> new PackedMask(s[0], s[1], new byte[(s[0] + 7) / 8 * s[1]])))
            .toArray(TestInputs.Item[]::new);
    ImportSizes found =
        run(List.of(tests.of("x", items)), ImportOptions.plain(1)).summary().sizes();
    assertEquals(
        "3 masks of different sizes, 3x3 to 100x7, median 8x5 (height x width)", found.describe());
    assertEquals(40 + 9 + 700, found.pixels());
  }

  private RuleImport.Result run(List<MaskInput> inputs, ImportOptions options)
      throws IOException, InterruptedException {
    return RuleImport.run(
        inputs,
        rule(),
        options,
        (name, mask) ->
            seen.add(
                "%s %dx%d %s"
                    .formatted(name, mask.height(), mask.width(), Arrays.toString(mask.rows()))),
        ImportProgress.NONE);
  }

  private List<String> names() {
    return seen.stream().map(line -> line.replaceAll(" \\S+ \\[.*", "")).toList();
  }

  private static ForegroundRule rule() {
    return ForegroundRule.nonZero();
  }

  private static ImportOptions named(Naming naming) {
    return new ImportOptions(2, false, naming, Shard.ALL, NameCheck.NONE);
  }

  private static ImportOptions keepGoing(Naming naming) {
    return new ImportOptions(2, true, naming, Shard.ALL, NameCheck.NONE);
  }

  private List<MaskInput> images(int count) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < count; i++) {
      int[] values = random.ints(HEIGHT * WIDTH, 0, 2).toArray();
      Files.write(
          folder.resolve("m%03d.png".formatted(i)),
          TestImages.png(values, HEIGHT, WIDTH, 1, i % 2 * 3));
    }
    return new Inputs(Channel.VALUES, ArrayFormat.plain(), CocoRequest.plain())
        .of(MaskFiles.resolve(List.of(folder.toString())));
  }
}
