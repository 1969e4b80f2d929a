package ai.djl.ndarray.types;

import java.util.Arrays;

/** In place of DJL's shape. */
public final class Shape {
  private final long[] sides;

  public Shape(long... sides) {
    this.sides = sides.clone();
  }

  public long size() {
    return Arrays.stream(sides).reduce(1, (a, b) -> a * b);
  }

  @Override
  public String toString() {
    return Arrays.toString(sides);
  }
}
