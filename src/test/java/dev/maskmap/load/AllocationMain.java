package dev.maskmap.load;

import dev.maskmap.MaskStore;
import dev.maskmap.PixelType;
import dev.maskmap.image.ChannelOrder;
import dev.maskmap.image.ImageCrops;
import dev.maskmap.image.ImagePadding;
import dev.maskmap.image.ImageStore;
import dev.maskmap.sample.Masks;
import dev.maskmap.sample.Place;
import dev.maskmap.sample.Sampler;
import dev.maskmap.sample.Sampling;
import dev.maskmap.sample.SmallMasks;
import dev.maskmap.sample.Turns;
import dev.maskmap.testing.Allocations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Run by a test in a JVM of its own: draws patches and loads batches. Arguments: two stores of the
 * same names and sizes, and one of images of theirs. Prints a line for each kind of sampler and
 * batch, and fails at the first that goes on allocating.
 */
final class AllocationMain {
  private static final int DRAWS = 100;
  private static final int BATCHES = 2;

  private AllocationMain() {}

  public static void main(String[] args) throws IOException {
    try (MaskStore road = MaskStore.open(Path.of(args[0]));
        MaskStore car = MaskStore.open(Path.of(args[1]));
        ImageStore images = ImageStore.open(Path.of(args[2]))) {
      Masks all = Masks.of(road);
      for (Masks masks : List.of(all, all.without(1, 3), all.only(0, 2))) {
        for (Sampler sampler : samplers(masks)) {
          draw(sampler);
        }
      }
      Sampling sampling = Sampling.of(road, 24, 130).patchesPerMask(200_000_000);
      Sampler sampler = sampling.foreground(0.5, 4);
      for (PixelType type : PixelType.values()) {
        load(type.name(), PatchLoader.of(road, sampler).type(type));
      }
      SequencedMap<String, MaskStore> planes = new LinkedHashMap<>();
      planes.put("road", road);
      load("classes", PatchLoader.of(MaskPlanes.of(planes).asClasses(car, 9), sampler));
      planes.put("car", car);
      load("planes", PatchLoader.of(MaskPlanes.of(planes), sampler));
      // Higher than the masks: so the crops of images are padded.
      Sampler square =
          Sampling.of(road, 36, 36)
              .smallMasks(SmallMasks.PAD)
              .patchesPerMask(200_000_000)
              .uniform();
      load("turns", PatchLoader.of(road, square).turns(Turns.ALL));
      for (ChannelOrder order : ChannelOrder.values()) {
        for (ImagePadding padding : ImagePadding.values()) {
          for (boolean scaled : new boolean[] {false, true}) {
            ImageCrops crops =
                ImageCrops.of(images, 36, 36).order(order).padding(padding).scaled(scaled);
            String name = "images %s %s %b".formatted(order, padding, scaled);
            load(name, PatchLoader.of(road, square).images(crops));
            load(name + " turned", PatchLoader.of(road, square).images(crops).turns(Turns.ALL));
          }
        }
      }
    }
  }

  private static List<Sampler> samplers(Masks masks) {
    Sampling sampling = Sampling.of(masks, 24, 130).patchesPerMask(5);
    List<Sampler> samplers = new ArrayList<>();
    samplers.add(sampling.uniform());
    samplers.add(sampling.byArea());
    samplers.add(sampling.foreground(0.5, 4));
    samplers.add(sampling.foregroundOfAll(1, 1));
    samplers.add(sampling.atLeast(sampling.uniform(), 50L, 10));
    samplers.add(sampling.grid(9, 60));
    return samplers;
  }

  private static void draw(Sampler sampler) {
    Place place = new Place();
    Allocations.settle(
        sampler.describe(),
        List.of(Thread.currentThread()),
        round -> {
          for (long k = 0; k < DRAWS; k++) {
            sampler.draw(1, round, k % sampler.size(), place);
          }
        });
  }

  private static void load(String name, LoaderOptions options) throws IOException {
    try (PatchLoader loader = options.batch(4).workers(2).open();
        Epoch epoch = loader.epoch(0)) {
      List<Thread> threads = new ArrayList<>(Allocations.threads("maskmap-loader-"));
      threads.add(Thread.currentThread());
      Allocations.settle(
          name,
          threads,
          round -> {
            for (int i = 0; i < BATCHES; i++) {
              epoch.next().close();
            }
          });
    }
  }
}
