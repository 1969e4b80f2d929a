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
 * batch, with the bytes that the heap was asked for after the first ones, without those that asking
 * takes.
 */
final class InterpretedMain {
  private static final int DRAWS = 300;
  private static final int BATCHES = 5;

  private InterpretedMain() {}

  public static void main(String[] args) throws IOException {
    try (MaskStore road = MaskStore.open(Path.of(args[0]));
        MaskStore car = MaskStore.open(Path.of(args[1]));
        ImageStore images = ImageStore.open(Path.of(args[2]))) {
      Masks all = Masks.of(road);
      for (Masks masks : List.of(all, all.without(1, 3), all.only(0, 2))) {
        for (Sampler sampler : samplers(masks)) {
          draw(sampler, 0);
          System.out.println(sampler.describe() + ": " + draw(sampler, 1));
        }
      }
      Sampling sampling = Sampling.of(road, 16, 17).patchesPerMask(10_000);
      Sampler sampler = sampling.foreground(0.5, 16);
      for (PixelType type : PixelType.values()) {
        load(type.name(), PatchLoader.of(road, sampler).type(type));
      }
      SequencedMap<String, MaskStore> planes = new LinkedHashMap<>();
      planes.put("road", road);
      load("classes", PatchLoader.of(MaskPlanes.of(planes).asClasses(car, 9), sampler));
      planes.put("car", car);
      load("planes", PatchLoader.of(MaskPlanes.of(planes), sampler));
      Sampler square = Sampling.of(road, 16, 16).patchesPerMask(10_000).uniform();
      load("turns", PatchLoader.of(road, square).turns(Turns.ALL));
      for (ChannelOrder order : ChannelOrder.values()) {
        for (ImagePadding padding : ImagePadding.values()) {
          for (boolean scaled : new boolean[] {false, true}) {
            ImageCrops crops =
                ImageCrops.of(images, 16, 16).order(order).padding(padding).scaled(scaled);
            String name = "images %s %s %b".formatted(order, padding, scaled);
            load(name, PatchLoader.of(road, square).images(crops));
            load(name + " turned", PatchLoader.of(road, square).images(crops).turns(Turns.ALL));
          }
        }
      }
    }
  }

  private static List<Sampler> samplers(Masks masks) {
    Sampling sampling = Sampling.of(masks, 16, 17).patchesPerMask(5);
    List<Sampler> samplers = new ArrayList<>();
    samplers.add(sampling.uniform());
    samplers.add(sampling.byArea());
    samplers.add(sampling.foreground(0.5, 4));
    samplers.add(sampling.foregroundOfAll(1, 1));
    samplers.add(sampling.atLeast(sampling.uniform(), 50L, 10));
    samplers.add(sampling.grid(9, 16));
    return samplers;
  }

  private static long draw(Sampler sampler, long epoch) {
    Place place = new Place();
    long asked = Allocations.ofThisThread();
    long before = Allocations.ofThisThread();
    for (long k = 0; k < DRAWS; k++) {
      sampler.draw(1, epoch, k % sampler.size(), place);
    }
    return Allocations.ofThisThread() - before - (before - asked);
  }

  private static void load(String name, LoaderOptions options) throws IOException {
    try (PatchLoader loader = options.batch(16).workers(2).open();
        Epoch epoch = loader.epoch(0)) {
      List<Thread> threads = new ArrayList<>(Allocations.threads("maskmap-loader-"));
      threads.add(Thread.currentThread());
      long asked = 0;
      long before = 0;
      for (int i = 0; i < 2 * BATCHES; i++) {
        if (i == BATCHES) {
          asked = Allocations.of(threads);
          before = Allocations.of(threads);
        }
        epoch.next().close();
      }
      System.out.println(name + ": " + (Allocations.of(threads) - before - (before - asked)));
    }
  }
}
