package ai.djl.nn;

import ai.djl.ndarray.NDArray;

/** In place of DJL's activations. */
public final class Activation {
  private Activation() {}

  public static NDArray sigmoid(NDArray array) {
    return array;
  }
}
