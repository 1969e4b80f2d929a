package dev.maskmap.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShuffleTest {
  @Property
  void everyNumberComesOnce(@ForAll @IntRange(min = 1, max = 5_000) int size, @ForAll long key) {
    Shuffle shuffle = new Shuffle(size);
    BitSet seen = new BitSet();
    for (int i = 0; i < size; i++) {
      seen.set(Math.toIntExact(shuffle.apply(key, i)));
    }
    assertEquals(size, seen.cardinality());
    assertEquals(size, seen.length());
  }

  @Property(tries = 200)
  void anySizeStaysInItsRangeAndRepeatsNothing(
      @ForAll @LongRange(min = 1, max = 1L << 62) long size, @ForAll long key) {
    Shuffle shuffle = new Shuffle(size);
    Random random = new Random(key);
    Set<Long> places = new HashSet<>();
    Set<Long> targets = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      long place = random.nextLong(size);
      long target = shuffle.apply(key, place);
      assertTrue(target >= 0 && target < size, () -> place + " goes to " + target);
      places.add(place);
      targets.add(target);
    }
    assertEquals(places.size(), targets.size());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 6", "4, 24", "5, 120", "6, 720", "7, 5040"})
  void everyOrderOfAFewIsAsLikelyAsTheOthers(int size, int orders) {
    Shuffle shuffle = new Shuffle(size);
    Map<String, Long> counts = new HashMap<>();
    for (long key = 0; key < Math.max(40_000, 20L * orders); key++) {
      StringBuilder order = new StringBuilder();
      for (int i = 0; i < size; i++) {
        order.append(shuffle.apply(Draws.orderKey(7, key), i));
      }
      counts.merge(order.toString(), 1L, Long::sum);
    }
    assertEquals(orders, counts.size());
    if (orders > 1) {
      ChiSquare.assertEven(counts.values().stream().mapToLong(c -> c).toArray());
    }
  }

  /** Steps that are even permutations each would leave half of the orders out. */
  @ParameterizedTest
  @ValueSource(ints = {8, 9, 16, 25, 49, 121, 1_089})
  void halfOfTheOrdersAreOdd(int size) {
    Shuffle shuffle = new Shuffle(size);
    long[] counts = new long[2];
    for (long epoch = 0; epoch < 4_000; epoch++) {
      long key = Draws.orderKey(11, epoch);
      BitSet seen = new BitSet();
      int swaps = 0;
      for (int start = 0; start < size; start++) {
        for (int at = start; !seen.get(at); at = (int) shuffle.apply(key, at)) {
          seen.set(at);
          swaps += at == start ? 0 : 1;
        }
      }
      counts[swaps & 1]++;
    }
    ChiSquare.assertEven(counts);
  }

  /** The first two places together: each alone could be even, and both go hand in hand. */
  @ParameterizedTest
  @ValueSource(ints = {7, 16, 17, 30})
  void twoNeighboursGoAnywhere(int size) {
    Shuffle shuffle = new Shuffle(size);
    long[] counts = new long[size * (size - 1)];
    for (long epoch = 0; epoch < 60L * counts.length; epoch++) {
      long key = Draws.orderKey(3, epoch);
      int a = (int) shuffle.apply(key, 2);
      int b = (int) shuffle.apply(key, 3);
      counts[a * (size - 1) + b - (b > a ? 1 : 0)]++;
    }
    ChiSquare.assertEven(counts);
  }

  /** The same of many, by the tenth of the range that they fall into. */
  @ParameterizedTest
  @ValueSource(ints = {1_023, 1_024, 1_030, 5_000, 1_000_000})
  void twoNeighboursOfManyGoAnywhere(int size) {
    Shuffle shuffle = new Shuffle(size);
    long[] counts = new long[100];
    double[] weights = new double[100];
    for (long epoch = 0; epoch < 20_000; epoch++) {
      long key = Draws.orderKey(5, epoch);
      int a = (int) (shuffle.apply(key, epoch % (size - 1)) * 10 / size);
      int b = (int) (shuffle.apply(key, epoch % (size - 1) + 1) * 10 / size);
      counts[10 * a + b]++;
    }
    long[] tenths = new long[10];
    for (long i = 0; i < size; i++) {
      tenths[(int) (i * 10 / size)]++;
    }
    for (int i = 0; i < 100; i++) {
      long b = tenths[i % 10] - (i / 10 == i % 10 ? 1 : 0);
      weights[i] = (double) tenths[i / 10] * b;
    }
    ChiSquare.assertFits(counts, weights);
  }

  @Test
  void sizesAtTheEndsAreRight() {
    for (long size : new long[] {1, 2, 4, 9, 1L << 62, (1L << 62) - 1, 999_999_999L * 4}) {
      Shuffle shuffle = new Shuffle(size);
      assertEquals(size, shuffle.size());
      for (long place : new long[] {0, size / 2, size - 1}) {
        long target = shuffle.apply(99, place);
        assertTrue(target >= 0 && target < size, size + ": " + target);
      }
    }
  }
}
