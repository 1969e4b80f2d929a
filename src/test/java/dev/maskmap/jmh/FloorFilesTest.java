package dev.maskmap.jmh;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.maskmap.Layout;
import dev.maskmap.MaskStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the programs that are not ours read holds the masks that ours read. */
@Tag("once")
class FloorFilesTest {
  @TempDir Path folder;

  @Test
  void bitsAndRunsAreThePackedRowsOfTheStore() throws IOException {
    try (MaskStore store = BenchData.HOT.open(Layout.BITS)) {
      FloorFiles.write(store, folder, folder.resolve("rows.bin"));
      byte[] bits = read("bits.bin").array();
      ByteBuffer ends = read("ends.bin");
      byte[] values = read("values.bin").array();
      ByteBuffer rows = read("rows.bin");
      int maskBytes = BenchData.HEIGHT / 8 * BenchData.WIDTH;
      assertEquals(store.size() * maskBytes, bits.length);
      byte[] decoded = new byte[bits.length];
      for (int row = 0; row < bits.length / BenchData.WIDTH; row++) {
        int x = 0;
        for (int t = rows.getInt(4 * row); t < rows.getInt(4 * row + 4); t++) {
          int end = ends.getShort(2 * t);
          int from = row * BenchData.WIDTH;
          Arrays.fill(decoded, from + x, from + end, values[t]);
          x = end;
        }
        assertEquals(BenchData.WIDTH, x);
      }
      assertArrayEquals(bits, decoded);
      for (int i = 0; i < store.size(); i++) {
        byte[] packed = Arrays.copyOfRange(bits, i * maskBytes, (i + 1) * maskBytes);
        assertArrayEquals(store.mask(i).packed().toArray(JAVA_BYTE), packed);
      }
    }
  }

  private ByteBuffer read(String name) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name))).order(ByteOrder.LITTLE_ENDIAN);
  }
}
