package dev.maskmap.load;

import dev.maskmap.MaskStore;
import dev.maskmap.image.ImageCrops;
import dev.maskmap.image.ImageStore;
import dev.maskmap.sample.Sampler;

/** Whether images are those of the masks, as far as their number and sizes tell. */
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
  }
}
