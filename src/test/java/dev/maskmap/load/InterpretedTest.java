package dev.maskmap.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
 * Nothing is allocated even where no compiler takes objects away again, which it does or does not
 * as the process went until then. With the scalar kernel: vectors are objects where none is.
 */
@Tag("once")
class InterpretedTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Layout.class)
  void nothingIsAllocated(Layout layout) throws IOException {
    List<Pixels> road = new ArrayList<>();
    List<Pixels> car = new ArrayList<>();
    Path images = folder.resolve("road.images");
    try (ImageStoreWriter writer = ImageStoreWriter.create(images, ImageType.UINT8, 3)) {
      for (int i = 0; i < 6; i++) {
        int height = 40 + i;
        int width = 70 - i;
        road.add(Pixels.blobs(height, width, i));
        car.add(Pixels.blobs(height, width, 100 + i));
        writer.add("i" + i, height, width, MemorySegment.ofArray(new byte[height * width * 3]));
      }
      writer.commit();
    }
    Path first = Stores.write(folder.resolve("road.masks"), layout, road);
    Path second = Stores.write(folder.resolve("car.masks"), layout, car);
    ChildJvm.Result result =
        ChildJvm.run(
            List.of("-Xint", "-Dmaskmap.kernel=scalar"),
            InterpretedMain.class,
            first.toString(),
            second.toString(),
            images.toString());
    assertEquals(0, result.exit(), result::all);
    List<String> lines = result.out().lines().toList();
    assertTrue(lines.size() > 40, result::all);
    assertEquals(List.of(), lines.stream().filter(line -> !line.endsWith(": 0")).toList());
  }
}
