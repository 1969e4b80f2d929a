package dev.maskmap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.maskmap.internal.kernel.Kernels;
import dev.maskmap.testing.ChildJvm;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A read allocates nothing, whatever kinds of memory came before. In JVMs of their own: vectors are
 * objects, and whether C2 takes them away hangs on all that the process did before
 * (docs/performance.md).
 */
@Tag("kernel")
class ReadAllocationTest {
  /** Rounds of mixed reads: enough for C2 to compile code that has seen every kind of memory. */
  private static final int MIXED = 300;

  @TempDir Path folder;

  @Test
  @Tag("once")
  void interpretedReadsAllocateNothing() throws IOException {
    assertAllocatesNothing(0, List.of("-Xint", "-Dmaskmap.kernel=scalar"));
  }

  @Test
  void compiledReadsAllocateNothing() throws IOException {
    List<String> flags = new ArrayList<>();
    if (Kernels.hasVectorModule()) {
      flags.addAll(ChildJvm.VECTOR);
    }
    String kernel = System.getProperty("maskmap.kernel");
    if (kernel != null) {
      flags.add("-Dmaskmap.kernel=" + kernel);
    }
    assertAllocatesNothing(MIXED, flags);
  }

  private void assertAllocatesNothing(int mixed, List<String> flags) throws IOException {
    List<Pixels> masks =
        List.of(Pixels.noise(60, 300, 1), Pixels.blobs(70, 310, 1), Pixels.blobs(25, 271, 2));
    ChildJvm.Result result =
        ChildJvm.run(
            flags,
            ReadAllocationMain.class,
            Integer.toString(mixed),
            folder.resolve("out.bin").toString(),
            Stores.write(folder.resolve("bits.masks"), Layout.BITS, masks).toString(),
            Stores.write(folder.resolve("runs.masks"), Layout.RUNS, masks).toString(),
            dataSet(masks).toString());
    assertEquals(0, result.exit(), result::all);
    assertEquals(3 * 5 * PixelType.values().length, result.out().lines().count(), result::all);
  }

  /** Of a part in either layout. */
  private Path dataSet(List<Pixels> masks) throws IOException {
    Path set = folder.resolve("set.masks");
    for (Layout layout : Layout.values()) {
      try (MaskStoreWriter writer = MaskStoreWriter.append(set, layout)) {
        for (Pixels mask : masks) {
          MemorySegment packed = MemorySegment.ofArray(mask.packed());
          writer.addPacked(layout + " " + mask.height(), mask.height(), mask.width(), packed);
        }
        writer.commit();
      }
    }
    return set;
  }
}
