package dev.maskmap.jmh;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.maskmap.Layout;
import dev.maskmap.MaskStore;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The masks of {@link BenchData#WIDE} for programs that are not ours, headerless: {@code bits.bin}
 * holds the packed rows; {@code ends.bin} (two bytes each) and {@code values.bin} hold, for each
 * run of equal bytes of a packed row, the column behind it and the byte; {@code rows.bin} (four
 * bytes each) the number of runs before each packed row, and of all.
 */
final class FloorFiles {
  private static final int WIDTH = BenchData.WIDTH;

  private FloorFiles() {}

  /** Makes the files, unless they are there, and prints their folder. */
  public static void main(String[] args) throws IOException {
    System.out.println(make());
  }

  /** The folder of the files, made where they are missing. */
  static Path make() throws IOException {
    Path folder = BenchData.folder().resolve("floor");
    Path last = folder.resolve("rows.bin");
    if (!Files.exists(last)) {
      Files.createDirectories(folder);
      Path unfinished = folder.resolve("rows.part");
      try (MaskStore store = BenchData.WIDE.open(Layout.BITS)) {
        write(store, folder, unfinished);
      }
      Files.move(unfinished, last);
    }
    return folder;
  }

  /** Writes the masks of any store of bits that is as wide as ours. */
  static void write(MaskStore store, Path folder, Path rowsFile) throws IOException {
    try (OutputStream bits = out(folder.resolve("bits.bin"));
        OutputStream ends = out(folder.resolve("ends.bin"));
        OutputStream values = out(folder.resolve("values.bin"));
        OutputStream rows = out(rowsFile)) {
      byte[] row = new byte[WIDTH];
      int runs = 0;
      rows.write(bytes(4, runs));
      for (long i = 0; i < store.size(); i++) {
        MemorySegment packed = store.mask(i).packed();
        for (long from = 0; from < packed.byteSize(); from += WIDTH) {
          MemorySegment.copy(packed, JAVA_BYTE, from, row, 0, WIDTH);
          bits.write(row);
          for (int x = 1; x <= WIDTH; x++) {
            if (x == WIDTH || row[x] != row[x - 1]) {
              ends.write(bytes(2, x));
              values.write(row[x - 1]);
              runs++;
            }
          }
          rows.write(bytes(4, runs));
        }
      }
    }
  }

  private static OutputStream out(Path file) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
  }

  private static byte[] bytes(int count, int value) {
    ByteBuffer four = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value);
    return Arrays.copyOf(four.array(), count);
  }
}
