package dev.maskmap;

/**
 * How much of a store is in memory, in the system's cache of files, so that reads need not wait for
 * a disk.
 *
 * @param bytes that the store has mapped: its masks and its indexes
 * @param residentBytes those of them that are in memory, in whole pages; -1 where the system does
 *     not tell: it is neither Linux nor macOS, native access is not enabled, or the process neither
 *     owns nor may write the files
 */
public record Residency(long bytes, long residentBytes) {
  /** Whether the system tells. */
  public boolean isKnown() {
    return residentBytes >= 0;
  }

  /** Whether all is known to be in memory. */
  public boolean isComplete() {
    return residentBytes == bytes;
  }

  Residency plus(Residency other) {
    boolean known = isKnown() && other.isKnown();
    return new Residency(bytes + other.bytes, known ? residentBytes + other.residentBytes : -1);
  }
}
