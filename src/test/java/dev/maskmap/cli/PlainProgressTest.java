package dev.maskmap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PlainProgressTest {
  private final AtomicLong clock = new AtomicLong(77);
  private final StringWriter err = new StringWriter();
  private final PlainProgress progress =
      new PlainProgress("packing", new PrintWriter(err), clock::get);

  @Test
  void aLineComesEveryFiveSecondsAndNoneAtTheEnd() {
    for (int second = 1; second <= 10; second++) {
      clock.addAndGet(1_000_000_000);
      progress.to(second, 10, second + " files");
    }
    assertEquals("maskmap: packing: 50 %, 5 files, about 5 s left\n", err.toString());
  }

  @Test
  void longTimesAreMinutesAndHours() {
    clock.addAndGet(6_000_000_000L);
    progress.to(1, 101, "1 file");
    clock.addAndGet(6_000_000_000L);
    progress.to(1, 10_001, "1 file");
    clock.addAndGet(6_000_000_000L);
    progress.to(0, 10_001, "none");
    assertEquals(
        """
        maskmap: packing: 0 %, 1 file, about 10 min left
        maskmap: packing: 0 %, 1 file, about 33 h left
        maskmap: packing: 0 %, none
        """,
        err.toString());
  }
}
