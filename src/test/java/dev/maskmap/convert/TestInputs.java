package dev.maskmap.convert;

import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.MaskPixels;
import dev.maskmap.convert.pixels.MaskSource;
import dev.maskmap.convert.pixels.PackedMask;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Inputs without files, which fail as told and can be asked how many are open. */
final class TestInputs {
  final AtomicInteger open = new AtomicInteger();
  final AtomicInteger opened = new AtomicInteger();

  /** What reading an item does. */
  @FunctionalInterface
  interface Reading {
    MaskPixels read() throws IOException;
  }

  /** An item. */
  record Item(String name, String origin, long bytes, Reading reading) implements MaskItem {
    @Override
    public MaskPixels read() throws IOException {
      return reading.read();
    }
  }

  static Item item(String name, Reading reading) {
    return new Item(name, name + ".img", 1, reading);
  }

  static Item mask(String name) {
    return item(name, () -> new PackedMask(3, 2, new byte[] {0x40, (byte) 0x80}));
  }

  static Item bad(String name) {
    return item(
        name,
        () -> {
          throw new IOException(name + ".img: bad");
        });
  }

  MaskInput of(String name, Item... items) {
    return input(name, List.of(items), null);
  }

  /** An input that fails behind its last item. */
  MaskInput failing(String name, Item... items) {
    return input(name, List.of(items), name + ": cut short");
  }

  private MaskInput input(String name, List<Item> items, @Nullable String failure) {
    return new MaskInput() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String origin() {
        return name;
      }

      @Override
      public long bytes() {
        return items.size();
      }

      @Override
      public MaskSource open() {
        open.incrementAndGet();
        opened.incrementAndGet();
        return source(items.iterator(), failure);
      }
    };
  }

  private MaskSource source(Iterator<Item> items, @Nullable String failure) {
    return new MaskSource() {
      @Override
      public @Nullable MaskItem next() throws IOException {
        if (!items.hasNext() && failure != null) {
          throw new IOException(failure);
        }
        return items.hasNext() ? items.next() : null;
      }

      @Override
      public void close() {
        open.decrementAndGet();
      }
    };
  }
}
