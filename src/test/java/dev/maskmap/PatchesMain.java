package dev.maskmap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads patches for the tests of the Python package. Each line of standard input is {@code mask y x
 * height width}; standard output gets the patch's pixels as bytes 0 and 1, and then, as eight
 * bytes, the foreground that it has.
 */
public final class PatchesMain {
  private PatchesMain() {}

  /** The argument is a store. */
  public static void main(String[] args) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    OutputStream out = System.out;
    try (MaskStore store = MaskStore.open(Path.of(args[0]))) {
      for (String line; (line = lines.readLine()) != null; ) {
        int[] at = Arrays.stream(line.split(" ")).mapToInt(Integer::parseInt).toArray();
        byte[] patch = new byte[at[3] * at[4]];
        MemorySegment to = MemorySegment.ofArray(patch);
        store.read(at[0], at[1], at[2], at[3], at[4], PixelType.UINT8, to, 0);
        out.write(patch);
        Mask mask = store.mask(at[0]);
        long count = mask.count(Region.of(at[1], at[2], at[3], at[4]));
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
          out.write((int) (count >>> shift));
        }
      }
    }
    out.flush();
  }
}
