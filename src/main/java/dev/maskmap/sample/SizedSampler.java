package dev.maskmap.sample;

import dev.maskmap.MaskStore;

/** What samplers have in common that know their patch's size. */
sealed interface SizedSampler extends Sampler
    permits UniformSampler, AreaSampler, ForegroundSampler, ClassSampler, GridSampler {
  /** What made it. */
  Sampling sampling();

  /** Its kind and what belongs to the kind alone, as a description begins. */
  String kind();

  default Patch patch() {
    return sampling().patch();
  }

  @Override
  default String describe() {
    return sampling().describe(kind());
  }

  @Override
  default boolean isOf(MaskStore store) {
    return sampling().masks().isOf(store);
  }

  @Override
  default int height() {
    return patch().height();
  }

  @Override
  default int width() {
    return patch().width();
  }

  /** Refuses a patch that the epoch does not have. */
  default void check(long k) {
    if (k < 0 || k >= size()) {
      throw new IndexOutOfBoundsException("patch %d: an epoch has %d".formatted(k, size()));
    }
  }
}
