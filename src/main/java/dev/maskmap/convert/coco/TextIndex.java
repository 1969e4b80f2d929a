package dev.maskmap.convert.coco;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Numbers for texts, the same for equal ones, in the order in which they came. Some 20 bytes and
 * the text each. Used by one thread while it grows; read by any number afterwards.
 */
final class TextIndex {
  private final TextPool texts = new TextPool();

  /** Not the same in two runs, so that no file can be written whose texts all collide. */
  private final int multiplier = ThreadLocalRandom.current().nextInt() | 1;

  /** Open addressing: numbers plus one, 0 where free; at most half full. */
  private int[] table = new int[128];

  private int[] hashes = new int[64];

  /**
   * Returns the number of {@code text}, a new one if it is new.
   *
   * @throws IOException if all texts together exceed 2^30 bytes
   */
  int intern(String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    int hash = hash(bytes);
    int slot = slot(bytes, hash);
    if (table[slot] != 0) {
      return table[slot] - 1;
    }
    int number = texts.add(bytes);
    if (number == hashes.length) {
      grow();
      slot = slot(bytes, hash);
    }
    hashes[number] = hash;
    table[slot] = number + 1;
    return number;
  }

  /** Returns the number of {@code text}, or -1. */
  int find(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return table[slot(bytes, hash(bytes))] - 1;
  }

  /** Returns how many texts there are. */
  int size() {
    return texts.size();
  }

  /** Returns text {@code number}. */
  String get(int number) {
    return texts.get(number);
  }

  private int slot(byte[] text, int hash) {
    int mask = table.length - 1;
    int slot = hash & mask;
    while (table[slot] != 0) {
      int number = table[slot] - 1;
      if (hashes[number] == hash && texts.equals(number, text)) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** Doubles the places; called before the text of the last number has its hash. */
  private void grow() {
    int known = hashes.length;
    hashes = Arrays.copyOf(hashes, 2 * known);
    table = new int[4 * known];
    int mask = table.length - 1;
    for (int number = 0; number < known; number++) {
      int slot = hashes[number] & mask;
      while (table[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      table[slot] = number + 1;
    }
  }

  private int hash(byte[] text) {
    int hash = text.length;
    for (byte b : text) {
      hash = (hash + b) * multiplier;
      hash ^= hash >>> 15;
    }
    return hash;
  }
}
