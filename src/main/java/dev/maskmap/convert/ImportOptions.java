package dev.maskmap.convert;

import org.jspecify.annotations.Nullable;

/**
 * How an import is done.
 *
 * @param jobs threads that read, at least 1
 * @param keepGoing whether what cannot be read is collected, instead of ending the import
 * @param naming how masks are named
 * @param shard which of them are wanted
 * @param names which names cannot be, beside those that no store holds
 */
public record ImportOptions(
    int jobs, boolean keepGoing, Naming naming, Shard shard, NameCheck names) {
  /** Says what is wrong with a name. */
  @FunctionalInterface
  public interface NameCheck {
    /** Nothing is. */
    NameCheck NONE = name -> null;

    /** Returns what is wrong, as the end of a sentence that begins with the mask, or null. */
    @Nullable String problem(String name);
  }

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if {@code jobs} is below 1
   */
  public ImportOptions {
    if (jobs < 1) {
      throw new IllegalArgumentException("%d jobs: expected 1 or more".formatted(jobs));
    }
  }

  /** Everything, by path, up to the first error. */
  public static ImportOptions plain(int jobs) {
    return new ImportOptions(jobs, false, Naming.PATH, Shard.ALL, NameCheck.NONE);
  }
}
