package dev.maskmap.sample;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Of each batch the first patches contain foreground of the first class, the next of the second,
 * and so on; the others are uniform. The pixel is drawn from all foreground of its class.
 *
 * @param classes their masks
 * @param ends the number in the batch of the first patch behind those of each class
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record ClassSampler(Sampling sampling, Deal deal, int batch, Masks[] classes, int[] ends)
    implements SizedSampler {
  static ClassSampler of(
      Sampling sampling, Deal deal, List<ClassShare> classes, Masks[] planes, int batch) {
    if (planes.length == 0) {
      throw new IllegalArgumentException(
          "no class is given; foregroundOfClasses needs one or more");
    }
    int[] ends = new int[planes.length];
    long end = 0;
    for (int c = 0; c < planes.length; c++) {
      String what = "class '%s': a share".formatted(classes.get(c).name());
      int patches = Shares.patches(what, classes.get(c).share(), batch);
      if (patches > 0 && planes[c].foreground() == 0) {
        throw new IllegalArgumentException(
            "class '%s': no mask has foreground, so no patch can contain any"
                .formatted(classes.get(c).name()));
      }
      end += patches;
      ends[c] = (int) Math.min(end, batch);
    }
    if (end > batch) {
      throw new IllegalArgumentException(
          "the classes' shares are %d patches of a batch of %d; give smaller ones"
              .formatted(end, batch));
    }
    return new ClassSampler(sampling, deal, batch, planes, ends);
  }

  @Override
  public String kind() {
    String patches =
        Arrays.stream(patches()).mapToObj(Integer::toString).collect(Collectors.joining(","));
    return "classes=%s/%d".formatted(patches, batch);
  }

  private int[] patches() {
    int[] patches = ends.clone();
    for (int i = 1; i < ends.length; i++) {
      patches[i] -= ends[i - 1];
    }
    return patches;
  }

  @Override
  public long size() {
    return deal.size();
  }

  @Override
  public boolean draw(long seed, long epoch, long k, int attempt, Place to) {
    check(k);
    long key = Draws.key(seed, epoch, k, attempt);
    int inBatch = (int) (k % batch);
    for (int c = 0; c < ends.length; c++) {
      if (inBatch < ends[c]) {
        patch().overAny(classes[c], key, to);
        return true;
      }
    }
    patch().anywhere(deal.masks(), deal.mask(seed, epoch, k), key, 0, to);
    return true;
  }
}
