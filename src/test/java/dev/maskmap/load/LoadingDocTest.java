package dev.maskmap.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.maskmap.Layout;
import dev.maskmap.MaskStore;
import dev.maskmap.image.ImageStoreWriter;
import dev.maskmap.image.ImageType;
import dev.maskmap.testing.Javac;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/loading.md compile without a warning, and run. */
class LoadingDocTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
  private static final Pattern CLASS = Pattern.compile("public final class (\\w+)");

  @Test
  void theProgramsCompileAndRun(@TempDir Path folder) throws Exception {
    List<Pixels> masks = new ArrayList<>();
    List<Pixels> others = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Pixels mask = Pixels.blobs(60 + i, 70, i);
      byte[] pixels = mask.bytes();
      BitSet background = new BitSet();
      for (int p = 0; p < pixels.length; p++) {
        background.set(p, pixels[p] == 0);
      }
      masks.add(mask);
      others.add(Pixels.of(mask.height(), mask.width(), background));
    }
    Path store = Stores.write(folder.resolve("s.masks"), Layout.RUNS, masks);
    Path other = Stores.write(folder.resolve("t.masks"), Layout.BITS, others);
    Path images = folder.resolve("i.images");
    try (ImageStoreWriter writer = ImageStoreWriter.create(images, ImageType.UINT8, 3)) {
      for (Pixels mask : masks) {
        int bytes = 3 * mask.height() * mask.width();
        MemorySegment pixels = MemorySegment.ofArray(new byte[bytes]);
        writer.add("m" + mask.height(), mask.height(), mask.width(), pixels);
      }
      writer.commit();
    }
    Matcher blocks = BLOCK.matcher(Files.readString(Path.of("docs/loading.md")));
    int count = 0;
    while (blocks.find()) {
      Matcher program = CLASS.matcher(blocks.group(1));
      // The others are parts of programs that have tests of their own.
      if (program.find()) {
        Javac.compile(folder, program.group(1), blocks.group(1));
        run(folder, program.group(1), store, other, images);
        count++;
      }
    }
    assertEquals(5, count);
    try (MaskStore original = MaskStore.open(store);
        MaskStore predicted = MaskStore.open(folder.resolve("predicted.masks"))) {
      assertEquals(original.size(), predicted.size());
      for (long i = 0; i < original.size(); i++) {
        assertEquals(original.name(i), predicted.name(i));
        assertArrayEquals(original.mask(i).toBytes(), predicted.mask(i).toBytes());
      }
    }
  }

  private static void run(Path folder, String name, Path... stores) throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      Method main = loader.loadClass(name).getMethod("main", String[].class);
      main.invoke(null, (Object) Stream.of(stores).map(Path::toString).toArray(String[]::new));
    }
  }
}
