package dev.maskmap.load;

import dev.maskmap.MaskStore;
import dev.maskmap.image.ImageCrops;
import dev.maskmap.image.ImageStore;
import dev.maskmap.sample.Sampler;
import java.util.HashMap;
import java.util.Map;

/** Whether images are those of the masks, as far as their number, sizes and names tell. */
final class ImageMatch {
  private ImageMatch() {}

  static void check(MaskStore masks, ImageCrops crops, Sampler sampler) {
    ImageStore images = crops.store();
    if (crops.height() != sampler.height() || crops.width() != sampler.width()) {
      throw new IllegalArgumentException(
          "crops of %d x %d pixels (height x width) beside patches of %d x %d; give both one size"
              .formatted(crops.height(), crops.width(), sampler.height(), sampler.width()));
    }
    if (images.size() != masks.size()) {
      throw new IllegalArgumentException(
          "%s has %d images, and %s has %d masks; image i is that of mask i"
              .formatted(images.path(), images.size(), masks.path(), masks.size()));
    }
    long looked = images.isUniform() && masks.isUniform() ? 1 : masks.size();
    for (long i = 0; i < looked; i++) {
      if (images.height(i) != masks.height(i) || images.width(i) != masks.width(i)) {
        throw new IllegalArgumentException(
            "image %d of %s%s has %d x %d pixels (height x width), and mask '%s' of %s has %d x %d;"
                    .formatted(
                        i,
                        images.path(),
                        images.hasNames() ? " ('" + images.name(i) + "')" : "",
                        images.height(i),
                        images.width(i),
                        masks.name(i),
                        masks.path(),
                        masks.height(i),
                        masks.width(i))
                + " image i is that of mask i");
      }
    }
    if (masks.hasNames() && images.hasNames()) {
      checkNames(masks, images);
    }
  }

  /**
   * Images may be named by another rule, but one that has the name of a mask is that of the mask.
   * All are looked at: where one image is missing and one is too many, the first mask may be the
   * one without, and all others have the image of their neighbour.
   */
  private static void checkNames(MaskStore masks, ImageStore images) {
    Map<String, Long> numbers = Map.of();
    for (long i = 0; i < masks.size(); i++) {
      String name = masks.name(i);
      if (!name.equals(images.name(i))) {
        numbers = numbers.isEmpty() ? numbers(images) : numbers;
        Long other = numbers.get(name);
        if (other != null) {
          throw new IllegalArgumentException(
              "image %d of %s is '%s', and mask %d of %s is '%s', as image %d is named; `maskmap"
                      .formatted(i, images.path(), images.name(i), i, masks.path(), name, other)
                  + " pack-images --match` writes images in the order of masks");
        }
      }
    }
  }

  private static Map<String, Long> numbers(ImageStore images) {
    Map<String, Long> numbers = new HashMap<>();
    for (long i = 0; i < images.size(); i++) {
      numbers.put(images.name(i), i);
    }
    return numbers;
  }
}
