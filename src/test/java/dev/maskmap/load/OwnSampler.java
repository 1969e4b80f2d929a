package dev.maskmap.load;

import dev.maskmap.sample.Place;
import dev.maskmap.sample.Sampler;
import java.util.function.ObjLongConsumer;

/** A sampler of a user: square patches. */
record OwnSampler(int side, long size, ObjLongConsumer<Place> drawing) implements Sampler {
  OwnSampler(int side, ObjLongConsumer<Place> drawing) {
    this(side, 100, drawing);
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
