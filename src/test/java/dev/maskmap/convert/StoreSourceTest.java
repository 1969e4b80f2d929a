package dev.maskmap.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.array.ArrayFormat;
import dev.maskmap.convert.coco.CocoRequest;
import dev.maskmap.convert.pixels.Channel;
import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.MaskSource;
import dev.maskmap.convert.pixels.PackedMask;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreSourceTest {
  @TempDir Path folder;

  @Test
  void itemsAreTheMasksOfTheStoreAndOutliveIt() throws IOException {
    List<Pixels> masks = List.of(Pixels.noise(13, 7, 1), Pixels.noise(13, 7, 2));
    Path store = Stores.write(folder.resolve("old.masks"), masks);
    MaskInput input = input(store);
    List<MaskItem> items = new ArrayList<>();
    try (MaskSource source = input.open()) {
      for (MaskItem item = source.next(); item != null; item = source.next()) {
        items.add(item);
      }
      assertEquals(null, source.next());
    }
    Stores.delete(store);
    for (int i = 0; i < masks.size(); i++) {
      assertEquals("m" + i, items.get(i).name());
      assertEquals(store + ": mask 'm" + i + "'", items.get(i).origin());
      PackedMask mask = (PackedMask) items.get(i).read();
      assertEquals(13, mask.height());
      assertEquals(7, mask.width());
      assertArrayEquals(masks.get(i).packed(), mask.rows());
    }
  }

  @Test
  void theSizeOfAStoreIsThatOfItsFiles() throws IOException {
    Path store = Stores.write(folder.resolve("s"), Pixels.noise(9, 9, 3));
    long bytes = 0;
    for (String name : Stores.names(store)) {
      bytes += Files.size(store.resolve(name));
    }
    assertEquals(bytes, input(store).bytes());
    Path file = Files.write(folder.resolve("x.png"), new byte[17]);
    assertEquals(17, input(file).bytes());
  }

  @Test
  void aStoreThatIsNoneIsRefusedByItsPath() throws IOException {
    Path store = Files.createDirectory(folder.resolve("s"));
    Files.writeString(store.resolve("maskmap.json"), "{}");
    IOException e = assertThrows(IOException.class, () -> input(store).open());
    assertTrue(e.getMessage().startsWith(store.toString()), e.getMessage());
  }

  @Test
  void aFileThatIsGoneIsNamedWhenItsTurnComes() {
    MaskInput input = input(folder.resolve("none.png"));
    assertEquals(0, input.bytes());
    IOException e = assertThrows(IOException.class, input::open);
    assertEquals(folder.resolve("none.png") + ": no such file", e.getMessage());
  }

  private static MaskInput input(Path path) {
    MaskFile file = new MaskFile("name", path);
    return new Inputs(Channel.VALUES, ArrayFormat.plain(), CocoRequest.plain())
        .of(List.of(file))
        .getFirst();
  }
}
