package dev.maskmap.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.maskmap.Layout;
import dev.maskmap.image.ImageStoreWriter;
import dev.maskmap.image.ImageType;
import dev.maskmap.testing.ChildJvm;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Drawing and loading leave nothing to the garbage collector: every kind of it, in both layouts.
 */
@Tag("once")
class AllocationTest {
  @TempDir Path folder;

  /**
   * Not even where no compiler takes objects away again, which it does or not as the process went
   * until then. With the scalar kernel, since vectors are objects there.
   */
  @ParameterizedTest
  @EnumSource(Layout.class)
  void interpretedCodeAllocatesNothing(Layout layout) throws IOException {
    assertAllocatesNothing(layout, List.of("-Xint", "-Dmaskmap.kernel=scalar"));
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void compiledCodeWithVectorsAllocatesNothing(Layout layout) throws IOException {
    assertAllocatesNothing(layout, ChildJvm.VECTOR);
  }

  private void assertAllocatesNothing(Layout layout, List<String> flags) throws IOException {
    List<Pixels> road = new ArrayList<>();
    List<Pixels> car = new ArrayList<>();
    Path images = folder.resolve("road.images");
    try (ImageStoreWriter writer = ImageStoreWriter.create(images, ImageType.UINT8, 3)) {
      for (int i = 0; i < 6; i++) {
        int height = 30 + i;
        int width = 200 - i;
        road.add(Pixels.blobs(height, width, i));
        car.add(Pixels.blobs(height, width, 100 + i));
        writer.add("i" + i, height, width, MemorySegment.ofArray(new byte[height * width * 3]));
      }
      writer.commit();
    }
    ChildJvm.Result result =
        ChildJvm.run(
            flags,
            AllocationMain.class,
            Stores.write(folder.resolve("road.masks"), layout, road).toString(),
            Stores.write(folder.resolve("car.masks"), layout, car).toString(),
            images.toString());
    assertEquals(0, result.exit(), result::all);
    assertEquals(44, result.out().lines().count(), result::all);
  }
}
