package dev.maskmap.sample;

/**
 * A class of {@link Sampling#foregroundOfClasses}: its masks, and how much of a batch is to hold
 * some of them.
 *
 * @param name of the class, for messages
 * @param masks of the class: as many as there are of the others, of the same sizes, in the same
 *     order
 * @param share of the patches of a batch that contain a foreground pixel of the class, 0 to 1
 */
public record ClassShare(String name, Masks masks, double share) {
  public ClassShare {
    Shares.check("class '%s': share".formatted(name), share);
  }
}
