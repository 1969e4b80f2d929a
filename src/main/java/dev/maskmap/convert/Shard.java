package dev.maskmap.convert;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.zip.CRC32;

/**
 * One machine's share of the masks: those whose CRC-32 of the name (UTF-8) leaves {@code index}
 * when divided by {@code count}. So it depends on the name alone, not on what else is packed.
 *
 * @param index 0 to count - 1
 * @param count at least 1
 */
public record Shard(int index, int count) {
  /** Everything. */
  public static final Shard ALL = new Shard(0, 1);

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException unless 0 &lt;= index &lt; count
   */
  public Shard {
    if (index < 0 || index >= count) {
      throw new IllegalArgumentException(
          "%d/%d: expected I/N with 0 <= I < N".formatted(index, count));
    }
  }

  @Override
  public String toString() {
    return index + "/" + count;
  }

  /** Says whether the mask so named is in this share. */
  public boolean contains(String name) {
    if (count == 1) {
      return true;
    }
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(UTF_8));
    return crc.getValue() % count == index;
  }
}
