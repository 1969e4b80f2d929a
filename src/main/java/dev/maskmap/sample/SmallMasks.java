package dev.maskmap.sample;

/** What becomes of masks that are lower or narrower than a patch. */
public enum SmallMasks {
  /** They are refused, the first by its index. */
  ERROR,
  /** The patch begins at their first row or column and has background behind their end. */
  PAD,
  /** No patch is drawn from them. */
  SKIP
}
