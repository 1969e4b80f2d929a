package ai.djl.nn.convolutional;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

/** In place of DJL's convolution. */
public final class Conv2d {
  private Conv2d() {}

  public static NDList conv2d(
      NDArray input, NDArray weight, NDArray bias, Shape stride, Shape padding) {
    return new NDList(input);
  }
}
