package dev.maskmap.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PartsTest {
  @Test
  void aThreadTakesItsOwnPartAndThenThoseThatAreLeft() {
    Parts parts = new Parts(4);
    parts.reset();
    assertEquals(2, parts.take(2));
    assertEquals(3, parts.take(2));
    assertEquals(1, parts.take(1));
    assertTrue(parts.hasMore());
    assertEquals(0, parts.take(2));
    assertFalse(parts.hasMore());
    parts.reset();
    assertEquals(3, parts.take(3));
    assertEquals(0, parts.take(3));
  }

  @Test
  void theFirstPatchThatFailsCountsOnceAllPartsAreDone() {
    Parts parts = new Parts(2);
    parts.reset();
    Throwable late = new IllegalStateException("late");
    Throwable early = new IllegalStateException("early");
    parts.take(1);
    parts.fail(7, true, late);
    parts.finish();
    assertFalse(parts.isDone());
    parts.take(1);
    parts.fail(3, false, early);
    parts.finish();
    assertTrue(parts.isDone());
    assertFalse(parts.isFilled());
    assertSame(early, parts.failure());
    assertEquals(3, parts.failedPatch());
    parts.reset();
    assertNull(parts.failure());
    assertFalse(parts.isDone());
  }
}
