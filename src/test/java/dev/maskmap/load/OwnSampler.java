package dev.maskmap.load;

import dev.maskmap.MaskStore;
import dev.maskmap.sample.Place;
import dev.maskmap.sample.Sampler;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.ObjLongConsumer;

/** A sampler of a user: square patches. */
record OwnSampler(int side, long size, ObjLongConsumer<Place> drawing) implements Sampler {
  OwnSampler(int side, ObjLongConsumer<Place> drawing) {
    this(side, 100, drawing);
  }

  /** A store of one mask of 10 x 10 pixels, for samplers whose places do not matter. */
  static MaskStore store(Path folder) throws IOException {
    return MaskStore.open(Stores.write(folder.resolve("a.masks"), Pixels.noise(10, 10, 1)));
  }

  @Override
  public int height() {
    return side;
  }

  @Override
  public int width() {
    return side;
  }

  @Override
  public boolean draw(long seed, long epoch, long k, int attempt, Place to) {
    drawing.accept(to, k);
    return true;
  }
}
