package dev.maskmap.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.maskmap.testing.Python;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Turned copies are those of NumPy, for elements of every size, and touch no other byte. */
class TurnedCopyTest {
  private static final int CANARY = 64;

  private final Arena arena = Arena.ofConfined();

  @AfterEach
  void close() {
    arena.close();
  }

  /** What NumPy does, written down element by element. */
  private static byte[] naive(
      byte[] from, int at, int stride, int height, int width, int n, int code) {
    boolean quarter = (code & 1) != 0;
    int rows = quarter ? width : height;
    int columns = quarter ? height : width;
    byte[] out = new byte[rows * columns * n];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        int y =
            switch (code & 3) {
              case 0 -> i;
              case 1 -> j;
              case 2 -> height - 1 - i;
              default -> height - 1 - j;
            };
        int x =
            switch (code & 3) {
              case 0 -> j;
              case 1 -> width - 1 - i;
              case 2 -> width - 1 - j;
              default -> i;
            };
        x = (code & 4) != 0 ? width - 1 - x : x;
        System.arraycopy(from, at + y * stride + x * n, out, (i * columns + j) * n, n);
      }
    }
    return out;
  }

  private void check(int height, int width, int n, int gap, int code, Random random) {
    int stride = width * n + gap;
    byte[] bytes = new byte[5 + height * stride];
    random.nextBytes(bytes);
    MemorySegment from = arena.allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes));
    byte[] expected = naive(bytes, 5, stride, height, width, n, code);
    MemorySegment to = arena.allocate(expected.length + 2 * CANARY).fill((byte) 0x5A);
    TurnedCopy.copy(from, 5, stride, height, width, n, code, to, CANARY);
    String what = "%dx%d of %d bytes, gap %d, code %d".formatted(height, width, n, gap, code);
    byte[] all = to.toArray(JAVA_BYTE);
    assertArrayEquals(expected, Arrays.copyOfRange(all, CANARY, all.length - CANARY), what);
    for (int i = 0; i < CANARY; i++) {
      assertEquals(0x5A, all[i], what);
      assertEquals(0x5A, all[all.length - 1 - i], what);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 16, 17, 24})
  void everyTurnOfSmallArraysIsTheNaiveOne(int n) {
    Random random = new Random(n);
    for (int height = 1; height <= 19; height++) {
      for (int width = 1; width <= 19; width++) {
        for (int code = 0; code < Turn.CODES; code++) {
          check(height, width, n, random.nextInt(3), code, random);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 6, 8, 12})
  void everyTurnOfArraysOfSeveralTilesIsTheNaiveOne(int n) {
    Random random = new Random(n);
    for (int[] size : new int[][] {{32, 32}, {64, 96}, {65, 33}, {100, 31}, {40, 71}, {1, 200}}) {
      for (int code = 0; code < Turn.CODES; code++) {
        check(size[0], size[1], n, 7, code, random);
      }
    }
  }

  @Test
  void numpyTurnsInTheSameWay(@TempDir Path folder) throws IOException {
    Python python = Python.require("numpy");
    Random random = new Random(1);
    for (int n : new int[] {1, 3}) {
      for (int code = 0; code < Turn.CODES; code++) {
        byte[] bytes = new byte[45 * 70 * n];
        random.nextBytes(bytes);
        MemorySegment from = arena.allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes));
        MemorySegment to = arena.allocate(bytes.length);
        TurnedCopy.copy(from, 0, 70L * n, 45, 70, n, code, to, 0);
        Files.write(folder.resolve(n + "-" + code + ".in"), bytes);
        Files.write(folder.resolve(n + "-" + code + ".out"), to.toArray(JAVA_BYTE));
      }
    }
    String script =
        """
        import sys
        import numpy as np
        for n in 1, 3:
            for code in range(8):
                a = np.fromfile(f"{sys.argv[1]}/{n}-{code}.in", np.uint8).reshape(45, 70, n)
                b = np.rot90(np.fliplr(a) if code & 4 else a, code & 3)
                assert b.tobytes() == open(f"{sys.argv[1]}/{n}-{code}.out", "rb").read(), (n, code)
        print("equal")
        """;
    assertEquals("equal", python.run(script, folder.toString()).strip());
  }
}
