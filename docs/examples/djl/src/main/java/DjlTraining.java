import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.GradientCollector;
import dev.maskmap.MaskStore;
import dev.maskmap.PixelType;
import dev.maskmap.load.Batch;
import dev.maskmap.load.Epoch;
import dev.maskmap.load.PatchLoader;
import dev.maskmap.sample.Sampler;
import dev.maskmap.sample.Sampling;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/**
 * Trains one filter of 3 x 3 to find masks under noise. DJL reads them where the loader put them.
 */
public final class DjlTraining {
  private static final int SIDE = 64;
  private static final float RATE = 4;

  private DjlTraining() {}

  /** Takes the path of a store whose masks are at least 64 x 64. */
  public static void main(String[] args) throws Exception {
    try (MaskStore store = MaskStore.open(Path.of(args[0]))) {
      Sampler sampler = Sampling.of(store, SIDE, SIDE).patchesPerMask(16).foreground(0.5, 16);
      // On a GPU an array is always a copy.
      try (PatchLoader loader =
              PatchLoader.of(store, sampler)
                  .type(PixelType.FLOAT32)
                  .batch(16)
                  .workers(2)
                  .seed(7)
                  .open();
          NDManager manager = NDManager.newBaseManager(Device.cpu())) {
        Engine engine = manager.getEngine();
        engine.setRandomSeed(7);
        System.out.println(engine.getEngineName() + " " + engine.getVersion());
        train(loader, manager);
      }
    }
  }

  private static void train(PatchLoader loader, NDManager manager) {
    NDArray weight = manager.zeros(new Shape(1, 1, 3, 3));
    NDArray bias = manager.zeros(new Shape(1));
    weight.setRequiresGradient(true);
    bias.setRequiresGradient(true);
    for (long e = 0; e < 3; e++) {
      double loss = 0;
      try (Epoch epoch = loader.epoch(e)) {
        while (epoch.hasNext()) {
          // Closed from the last to the first: the arrays of the step, then the memory they show.
          try (Batch batch = epoch.next();
              NDManager step = manager.newSubManager()) {
            NDArray masks = masks(batch, step);
            if (e == 0 && batch.number() == 0) {
              prove(batch, masks);
            }
            loss += step(masks, weight, bias);
          }
        }
        System.out.printf("epoch %d: mean loss %.4f%n", e, loss / epoch.size());
      }
    }
  }

  /** The batch as an array of shape (size, 1, height, width), in the memory of the batch. */
  private static NDArray masks(Batch batch, NDManager step) {
    MemorySegment filled = batch.patches().asSlice(0, batch.size() * batch.patchBytes());
    Shape shape = new Shape(batch.size(), 1, SIDE, SIDE);
    return step.create(filled.asByteBuffer(), shape, DataType.FLOAT32);
  }

  /** Writes into the batch and sees it in the array. */
  private static void prove(Batch batch, NDArray masks) {
    float before = masks.getFloat(0, 0, 0, 0);
    batch.patches().set(JAVA_FLOAT, batch.offset(0), before + 41);
    float after = masks.getFloat(0, 0, 0, 0);
    batch.patches().set(JAVA_FLOAT, batch.offset(0), before);
    System.out.println(masks.getShape() + ": " + before + " became " + after);
    if (after != before + 41) {
      throw new AssertionError("the array is a copy");
    }
  }

  /** One step down the Dice loss of what the filter makes of masks under noise. */
  private static float step(NDArray masks, NDArray weight, NDArray bias) {
    NDManager manager = masks.getManager();
    NDArray noisy = masks.add(manager.randomNormal(masks.getShape()));
    float value;
    try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
      Shape one = new Shape(1, 1);
      NDArray logits = Conv2d.conv2d(noisy, weight, bias, one, one).singletonOrThrow();
      NDArray found = Activation.sigmoid(logits);
      NDArray both = found.mul(masks).sum().mul(2);
      NDArray loss = both.div(found.sum().add(masks.sum())).neg().add(1);
      collector.backward(loss);
      value = loss.getFloat();
    }
    for (NDArray parameter : List.of(weight, bias)) {
      NDArray gradient = parameter.getGradient();
      gradient.attach(manager);
      parameter.subi(gradient.mul(RATE));
      gradient.muli(0);
    }
    return value;
  }
}
