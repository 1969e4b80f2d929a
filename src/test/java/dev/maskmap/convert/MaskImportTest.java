package dev.maskmap.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.image.TestImages;
import dev.maskmap.convert.pixels.MaskFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskImportTest {
  private static final int HEIGHT = 9;
  private static final int WIDTH = 13;

  @TempDir Path folder;

  @AfterEach
  void noWorkerIsLeft() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("mask-")) {
        // Its last task has ended; give it the moment that it needs to end itself.
        thread.join(2_000);
        assertFalse(thread.isAlive(), thread.getName());
      }
    }
  }

  @Test
  void masksArriveInOrderAndTheSameOnAnyNumberOfJobs() throws Exception {
    List<MaskFile> files = images(50);
    List<String> one = new ArrayList<>();
    MaskImport.Summary summary = MaskImport.run(files, rule(), 1, recorder(one), (d, t, b) -> {});
    assertEquals(50, summary.masks());
    assertEquals(HEIGHT, summary.height());
    assertEquals(WIDTH, summary.width());
    for (int jobs : new int[] {2, 3, 8, 100}) {
      List<String> many = new ArrayList<>();
      MaskImport.Summary again =
          MaskImport.run(files, rule(), jobs, recorder(many), (d, t, b) -> {});
      assertEquals(one, many);
      assertEquals(summary.values().render(), again.values().render());
    }
  }

  @Test
  void progressCountsMasksAndTheBytesOfTheirFiles() throws Exception {
    List<MaskFile> files = images(3);
    List<String> seen = new ArrayList<>();
    MaskImport.Summary summary =
        MaskImport.run(
            files, rule(), 2, (n, h, w, p) -> {}, (d, t, b) -> seen.add(d + "/" + t + " " + b));
    long bytes = 0;
    for (int i = 0; i < 3; i++) {
      bytes += Files.size(files.get(i).path());
      assertEquals((i + 1) + "/3 " + bytes, seen.get(i));
    }
    assertEquals(bytes, summary.fileBytes());
  }

  @Test
  void theErrorIsThatOfTheFirstBadFileOnAnyNumberOfJobs() throws Exception {
    List<MaskFile> files = images(40);
    // The first bad file is the slowest to fail, the later ones fail at once.
    Files.write(files.get(17).path(), corruptButLarge());
    for (int i = 18; i < 40; i++) {
      Files.write(files.get(i).path(), new byte[0]);
    }
    for (int jobs : new int[] {1, 2, 7, 40}) {
      List<String> seen = new ArrayList<>();
      IOException e =
          assertThrows(
              IOException.class,
              () -> MaskImport.run(files, rule(), jobs, recorder(seen), (d, t, b) -> {}));
      assertTrue(e.getMessage().startsWith(files.get(17).path() + ": "), e.getMessage());
      assertEquals(17, seen.size());
    }
  }

  private static byte[] corruptButLarge() {
    byte[] large = TestImages.png(new int[400 * 400], 400, 400, 8, 0);
    large[large.length - 1] ^= 1;
    return large;
  }

  @Test
  void anotherSizeNamesBothFilesAndWhatToDo() throws Exception {
    List<MaskFile> files = images(4);
    Files.write(files.get(2).path(), TestImages.png(new int[12], 3, 4, 1, 0));
    IOException e =
        assertThrows(
            IOException.class,
            () -> MaskImport.run(files, rule(), 2, (n, h, w, p) -> {}, (d, t, b) -> {}));
    String expected =
        "%s is 3 x 4 (height x width), but the first file, %s, is 9 x 13: a store holds masks of one"
            .formatted(files.get(2).path(), files.get(0).path());
    assertTrue(e.getMessage().startsWith(expected), e.getMessage());
  }

  @Test
  void noMoreThanTwoMasksAJobAreAhead() throws Exception {
    List<MaskFile> files = images(60);
    List<Integer> ahead = new ArrayList<>();
    MaskImport.run(
        files,
        rule(),
        3,
        (name, height, width, pixels) -> {
          // Files that change now are read as they are now, unless they were read ahead.
          int index = ahead.size();
          ahead.add(index);
          if (index == 10) {
            // Long enough for the workers to read whatever they may.
            LockSupport.parkNanos(300_000_000);
            for (int later = index + 7; later < files.size(); later++) {
              Files.write(files.get(later).path(), TestImages.png(new int[9 * 13], 9, 13, 1, 0));
            }
          } else if (index > 16) {
            assertEquals(0, sum(pixels));
          }
        },
        (d, t, b) -> {});
    assertEquals(60, ahead.size());
  }

  @Test
  void anErrorOfTheSinkEndsTheImport() throws Exception {
    List<MaskFile> files = images(30);
    IOException full = new IOException("disk full");
    MaskSink sink =
        (name, height, width, pixels) -> {
          throw full;
        };
    IOException e =
        assertThrows(
            IOException.class, () -> MaskImport.run(files, rule(), 4, sink, (d, t, b) -> {}));
    assertEquals(full, e);
  }

  @Test
  void anInterruptEndsTheImport() throws Exception {
    List<MaskFile> files = images(30);
    CountDownLatch started = new CountDownLatch(1);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    MaskSink slow =
        (name, height, width, pixels) -> {
          started.countDown();
          while (!Thread.currentThread().isInterrupted()) {}
        };
    Thread importer =
        new Thread(
            () -> {
              try {
                MaskImport.run(files, rule(), 2, slow, (d, t, b) -> {});
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
  void noFilesOrNoJobsAreTheCallersMistake() {
    MaskSink sink = (name, height, width, pixels) -> {};
    assertThrows(
        IllegalArgumentException.class,
        () -> MaskImport.run(List.of(), rule(), 1, sink, (d, t, b) -> {}));
    assertThrows(
        IllegalArgumentException.class,
        () -> MaskImport.run(images(1), rule(), 0, sink, (d, t, b) -> {}));
  }

  private static ForegroundRule rule() {
    return ForegroundRule.nonZero();
  }

  private static MaskSink recorder(List<String> out) {
    return (name, height, width, pixels) ->
        out.add(name + " " + height + " " + width + " " + Arrays.hashCode(pixels));
  }

  private static int sum(byte[] pixels) {
    int sum = 0;
    for (byte pixel : pixels) {
      sum += pixel;
    }
    return sum;
  }

  private List<MaskFile> images(int count) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < count; i++) {
      int[] values = random.ints(HEIGHT * WIDTH, 0, 2).toArray();
      Files.write(
          folder.resolve("m%03d.png".formatted(i)),
          TestImages.png(values, HEIGHT, WIDTH, 1, i % 2 * 3));
    }
    return MaskFiles.resolve(List.of(folder.toString()));
  }
}
