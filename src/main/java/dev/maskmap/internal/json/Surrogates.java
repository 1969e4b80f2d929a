package dev.maskmap.internal.json;

/** RFC 8259, section 8.2: strings that are no Unicode text, which readers treat differently. */
final class Surrogates {
  private Surrogates() {}

  /** Whether a surrogate stands outside a pair. */
  static boolean hasLone(String text) {
    return text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
