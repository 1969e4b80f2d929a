package dev.maskmap;

import java.nio.file.Path;

/** What to throw where a value of an index file cannot be used as the address that it is. */
final class Damage {
  private Damage() {}

  static IllegalStateException of(Path file, String what) {
    return new IllegalStateException("%s: damaged: %s; copy the store again".formatted(file, what));
  }
}
