package dev.maskmap.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.PixelType;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SharesTest {
  /** As many as every thread needs to be known by its last speed alone. */
  private static final int BATCHES = 300;

  /** Threads with as many parts each, which fill the same batch over and over. */
  private record Crew(List<Seat> seats, Shares shares, Batch batch, int parts) {
    static Crew of(int threads, int each, int size) {
      int parts = threads * each;
      List<Seat> seats =
          IntStream.range(0, threads)
              .mapToObj(i -> new Seat(null, i * each, (i + 1) * each))
              .toList();
      SlotLayout layout = new SlotLayout(size, 0);
      Batch batch =
          new Batch(
              new Ring(1),
              0,
              Arena.ofAuto().allocate(layout.bytes()),
              layout,
              new PatchShape(PixelType.UINT8, 1, 1),
              1,
              size,
              parts);
      return new Crew(seats, new Shares(seats, parts), batch, parts);
    }

    void begin(int size) {
      batch.begin(0, size);
      shares.cut(batch.parts(), size);
    }

    /** A thread fills a part: its own, if one is left. */
    void fill(int thread, long nanosOfPatch) {
      Seat seat = seats.get(thread);
      seat.take(batch, 0);
      seat.done(nanosOfPatch * (seat.to() - seat.from()));
      seat.clear();
    }

    /** Each thread fills its own. */
    void fill(int batches, int size, List<Integer> nanosOfPatch) {
      for (int b = 0; b < batches; b++) {
        begin(size);
        for (int i = 0; i < seats.size(); i++) {
          while (seats.get(i).hasOwn(batch)) {
            fill(i, nanosOfPatch.get(i));
          }
        }
      }
      begin(size);
    }

    List<Integer> ends() {
      return IntStream.range(0, parts).map(batch.parts()::to).boxed().toList();
    }
  }

  /** Whatever was before, and however large the batch is: the last ones of an epoch are smaller. */
  @Property(tries = 300)
  void sharesAreAsThreadsAreFast(
      @ForAll @IntRange(min = 1, max = 4) int each,
      @ForAll @IntRange(min = 1, max = 300) int size,
      @ForAll @IntRange(min = 1, max = 300) int last,
      @ForAll @Size(min = 8, max = 8) List<@IntRange(min = 1, max = 2000) Integer> before,
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 2000) Integer> nanos) {
    int threads = nanos.size();
    Crew crew = Crew.of(threads, each, Math.max(size, last));
    crew.fill(BATCHES, size, before);
    crew.fill(BATCHES, size, nanos);
    double[] speeds = nanos.stream().mapToDouble(n -> 1.0 / n).toArray();
    double least = IntStream.range(0, threads).mapToDouble(i -> speeds[i]).sum() / threads / 2;
    double all = IntStream.range(0, threads).mapToDouble(i -> Math.max(least, speeds[i])).sum();
    double end = 0;
    for (int i = 0; i < threads; i++) {
      end += size < 8 * threads ? 1.0 / threads : Math.max(least, speeds[i]) / all;
      int patch = crew.ends().get(each * (i + 1) - 1);
      assertEquals(end * size, patch, size / 64.0 + 0.51, "end of thread %d".formatted(i));
    }
    crew.begin(last);
    int from = 0;
    for (int p = 0; p < crew.parts(); p++) {
      assertEquals(from, crew.batch().parts().from(p));
      assertTrue(crew.ends().get(p) >= from);
      from = crew.ends().get(p);
    }
    assertEquals(last, from);
  }

  /** A thread that had none would never be seen to be fast again. */
  @Property(tries = 300)
  void aThreadHasPatchesHoweverSlowItIs(
      @ForAll @IntRange(min = 1, max = 8) int threads,
      @ForAll @IntRange(min = 1, max = 2) int each,
      @ForAll @IntRange(min = 1, max = 100) int size,
      @ForAll @Size(min = 8, max = 8) List<@IntRange(min = 1, max = 2_000_000) Integer> nanos) {
    int most = Math.max(size, 8 * threads);
    Crew crew = Crew.of(threads, each, most);
    crew.fill(BATCHES, most, nanos);
    for (int p = 0; p < crew.parts(); p++) {
      assertTrue(crew.batch().parts().to(p) > crew.batch().parts().from(p), "part " + p);
    }
  }

  @Test
  void sharesAreEqualUntilEveryThreadIsKnown() {
    Crew crew = Crew.of(2, 2, 64);
    crew.begin(64);
    assertEquals(List.of(16, 32, 48, 64), crew.ends());
    crew.fill(0, 30);
    crew.begin(64);
    assertEquals(List.of(16, 32, 48, 64), crew.ends());
    crew.fill(1, 10);
    crew.begin(64);
    assertEquals(List.of(8, 16, 40, 64), crew.ends());
  }

  @Test
  void sharesStayWhereLittleWouldMove() {
    Crew little = Crew.of(2, 2, 64);
    little.fill(BATCHES, 64, List.of(100, 105));
    assertEquals(List.of(16, 32, 48, 64), little.ends(), "0.8 patches off");
    Crew more = Crew.of(2, 2, 64);
    more.fill(BATCHES, 64, List.of(100, 108));
    assertEquals(List.of(17, 33, 49, 64), more.ends(), "1.2 patches off");
  }

  @Test
  void aPartThatWasInterruptedCountsLittle() {
    Crew crew = Crew.of(2, 2, 64);
    crew.fill(BATCHES, 64, List.of(100, 100));
    crew.fill(0, 1_000_000);
    crew.begin(64);
    assertEquals(64 * 100 / 237.5, crew.ends().get(1), 1);
    crew.fill(BATCHES, 64, List.of(100, 100));
    assertEquals(32, crew.ends().get(1), 1);
  }

  @Test
  void partsOfOthersAndThoseThatFailDoNotCount() {
    Crew crew = Crew.of(2, 2, 64);
    crew.fill(BATCHES, 64, List.of(100, 100));
    crew.fill(1, 100);
    crew.fill(1, 100);
    crew.fill(1, 500);
    crew.begin(64);
    assertEquals(List.of(16, 32, 48, 64), crew.ends());
    Seat second = crew.seats().get(1);
    second.take(crew.batch(), 0);
    second.fail(new ArithmeticException("unlucky"));
    second.clear();
    crew.begin(64);
    assertEquals(List.of(16, 32, 48, 64), crew.ends());
  }

  @Test
  void partsThatAreNotAsManyForEachThreadAreEqual() {
    Crew crew = Crew.of(2, 2, 100);
    Shares shares = new Shares(crew.seats(), 5);
    assertTrue(crew.shares().isEven());
    assertFalse(shares.isEven());
    crew.fill(BATCHES, 100, List.of(100, 300));
    Parts five = new Parts(5);
    shares.cut(five, 100);
    assertEquals(
        List.of(20, 40, 60, 80, 100), IntStream.range(0, 5).map(five::to).boxed().toList());
  }
}
