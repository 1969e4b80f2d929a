package dev.maskmap.convert.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.MaskSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrays larger than memory, and many threads. */
@Tag("once")
class ArrayScaleTest {
  private static final int MASKS = 60;
  private static final int HEIGHT = 90;
  private static final int WIDTH = 110;

  @TempDir Path folder;

  @Test
  void aStackOfHundredGigabytesIsReadMaskByMask() throws IOException {
    Path file = folder.resolve("large.npy");
    long masks = 50_000;
    byte[] header = TestNpy.of("|u1", new byte[0], masks, 1000, 2000);
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      out.write(ByteBuffer.wrap(header));
      out.write(ByteBuffer.wrap(new byte[] {7}), header.length + masks * 2_000_000 - 1);
    }
    MaskItem last = null;
    try (MaskSource source = ArraySource.open(ReadMasks.file(file), ArrayFormat.plain())) {
      for (MaskItem item = source.next(); item != null; item = source.next()) {
        last = item;
      }
    }
    ReadMasks mask = ReadMasks.of(last);
    assertEquals("large/49999", mask.name());
    assertEquals(7, mask.values()[1_999_999]);
    assertEquals(0, mask.values()[1_999_998]);
  }

  @Test
  void anyThreadMayReadAnyMaskOfAnArrayInEitherOrder()
      throws IOException, InterruptedException, ExecutionException {
    byte[] data = new byte[MASKS * HEIGHT * WIDTH];
    new Random(5).nextBytes(data);
    Path straight =
        Files.write(folder.resolve("c.npy"), TestNpy.of("|u1", data, MASKS, HEIGHT, WIDTH));
    byte[] turned = new byte[data.length];
    for (int i = 0; i < data.length; i++) {
      int mask = i / (HEIGHT * WIDTH);
      int row = i / WIDTH % HEIGHT;
      turned[mask + MASKS * (row + HEIGHT * (i % WIDTH))] = data[i];
    }
    String shape = "(%d, %d, %d)".formatted(MASKS, HEIGHT, WIDTH);
    Path fortran = Files.write(folder.resolve("f.npy"), TestNpy.fortran("|u1", shape, turned));
    Path archive =
        new TestZip()
            .add(TestZip.Entry.deflated("f.npy", Files.readAllBytes(fortran)))
            .add(TestZip.Entry.deflated("c.npy", Files.readAllBytes(straight)))
            .write(folder.resolve("a.npz"));
    for (Path file : List.of(straight, fortran, archive)) {
      List<ReadMasks> masks = readOnThreads(file);
      for (int i = 0; i < masks.size(); i++) {
        double[] expected = new double[HEIGHT * WIDTH];
        for (int p = 0; p < expected.length; p++) {
          expected[p] = data[i % MASKS * expected.length + p] & 0xFF;
        }
        assertArrayEquals(expected, masks.get(i).values(), masks.get(i).origin());
      }
    }
  }

  private static List<ReadMasks> readOnThreads(Path file)
      throws IOException, InterruptedException, ExecutionException {
    List<Future<ReadMasks>> reads = new ArrayList<>();
    List<ReadMasks> masks = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (MaskItem item : ReadMasks.items(file, ArrayFormat.plain()).reversed()) {
        reads.addFirst(threads.submit(() -> ReadMasks.of(item)));
      }
      for (Future<ReadMasks> read : reads) {
        masks.add(read.get());
      }
    }
    return masks;
  }
}
