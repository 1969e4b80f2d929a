package dev.maskmap.load;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one epoch that are this rank's, in order, filled ahead by the loader's threads.
 * Which they are and what is in them depends on nothing but the loader's options and the epoch.
 *
 * <p>Threads fill a batch together, in parts: so a few batches are enough for many threads, and
 * their memory stays in the processor's cache. Each takes the same parts of every batch, if it can:
 * they are then in the cache of its own processor (docs/performance.md).
 *
 * <p>For one consumer thread. {@link #close} ends it early; batches that are still open stay so.
 */
public final class Epoch implements Iterator<Batch>, AutoCloseable {
  /** So long a consumer waits for itself. */
  private static final long ALL_OPEN_NANOS = 30_000_000_000L;

  private final Ring ring;
  private final Filler filler;
  private final LoaderState.@Nullable Source source;
  private final Plan plan;
  private final long epoch;
  private final long first;
  private final long count;
  private final int parts;

  /** The batches from the next to hand out to the last begun, by their numbers here. */
  private final @Nullable Batch[] held;

  private final Thread[] workers;

  /** Written under the ring's lock, as all below; read by the workers between patches too. */
  private volatile boolean closed;

  /** Batches of which a part was taken. */
  private long begun;

  private long handed;

  /** The first batch of which a part failed, counted as those above. */
  private long failedAt = Long.MAX_VALUE;

  private boolean thrown;
  private long waitedNanos;
  private long gaveUp;

  /**
   * @param source of the patches, for a state; null where it has none
   * @param scratch memory of each thread: there are as many threads
   * @param parts of a batch
   * @param from the first batch of the epoch that nobody has read
   */
  Epoch(
      Ring ring,
      Filler filler,
      LoaderState.@Nullable Source source,
      Plan plan,
      List<PatchScratch> scratch,
      int parts,
      long epoch,
      long from) {
    this.ring = ring;
    this.filler = filler;
    this.source = source;
    this.plan = plan;
    this.epoch = epoch;
    first = from;
    count = plan.batches(from);
    this.parts = parts;
    held = new Batch[ring.size()];
    workers = new Thread[scratch.size()];
    for (int i = 0; i < workers.length; i++) {
      PatchScratch own = scratch.get(i);
      int part = i * parts / workers.length;
      workers[i] =
          Thread.ofPlatform()
              .daemon()
              .name("maskmap-loader-" + i)
              .unstarted(() -> fillAll(own, part));
    }
    try {
      for (Thread worker : workers) {
        worker.start();
      }
    } catch (Throwable e) {
      // Too many threads: those that run would keep the memory.
      close();
      throw e;
    }
  }

  /** Batches that this rank has of the epoch, from where it began on. */
  public long size() {
    return count;
  }

  private void fillAll(PatchScratch scratch, int own) {
    BooleanSupplier stopped = () -> closed;
    while (true) {
      Batch batch;
      long index;
      int part;
      synchronized (ring) {
        batch = current();
        if (batch == null) {
          return;
        }
        index = begun - 1;
        part = batch.parts().take(own);
      }
      Throwable cause = null;
      try {
        int size = batch.filledSize();
        int from = (int) ((long) size * part / parts);
        int to = (int) ((long) size * (part + 1) / parts);
        long firstPatch = batch.filledNumber() * plan.batch();
        filler.fill(batch, from, to, epoch, firstPatch, scratch, stopped);
      } catch (Throwable e) {
        cause = e;
      }
      finished(batch, index, scratch, cause);
    }
  }

  /**
   * The last batch begun, which has a part to take: if need be the next one, as soon as there is
   * memory. Null if there is nothing more to do. The caller holds the lock.
   */
  private @Nullable Batch current() {
    // All parts of a batch that failed are tried, and none behind it.
    while (!closed && failedAt >= begun - 1) {
      Batch last = begun == handed ? null : held[slot(begun - 1)];
      if (last != null && last.parts().hasMore()) {
        return last;
      }
      if (begun == count || failedAt != Long.MAX_VALUE) {
        return null;
      }
      Batch next = ring.poll();
      if (next != null) {
        long number = plan.number(first, begun);
        next.begin(number, plan.size(number));
        held[slot(begun)] = next;
        begun++;
        return next;
      }
      try {
        ring.wait();
      } catch (InterruptedException e) {
        // A sampler has set the flag, and it is clear now; only closing ends a worker.
      }
    }
    return null;
  }

  private int slot(long index) {
    return (int) (index % held.length);
  }

  private void finished(Batch batch, long index, PatchScratch scratch, @Nullable Throwable cause) {
    synchronized (ring) {
      Parts of = batch.parts();
      of.finish();
      if (cause != null) {
        of.fail(scratch.failedPatch(), scratch.failedDrawn(), cause);
        failedAt = Math.min(failedAt, index);
      }
      if (of.isDone() || failedAt <= index) {
        ring.notifyAll();
      }
    }
  }

  /**
   * Whether there is another batch.
   *
   * @throws IllegalStateException if the epoch was closed before its end, by {@link
   *     PatchLoader#read} or another epoch for example: a loop must not take that for the end
   */
  @Override
  public boolean hasNext() {
    synchronized (ring) {
      boolean more = !thrown && handed < count;
      if (more && closed) {
        throw closedEarly();
      }
      return more;
    }
  }

  private IllegalStateException closedEarly() {
    return new IllegalStateException(
        "the epoch is closed after %d of %d batches: a loader has one epoch at a time"
            .formatted(handed, count));
  }

  /**
   * The next batch, which the caller closes. Waits until it is filled.
   *
   * @throws NoSuchElementException if there is none
   * @throws LoadException if a patch of it could not be read; the batches before it came as ever,
   *     and none come after it
   * @throws IllegalStateException if the epoch is closed, every batch of the loader has been open
   *     for half a minute, or the thread was interrupted while it waited
   */
  @Override
  public Batch next() {
    synchronized (ring) {
      if (handed == count) {
        throw new NoSuchElementException("an epoch of %d batches".formatted(count));
      }
      if (closed) {
        throw closedEarly();
      }
      Batch batch = held[slot(handed)];
      if (batch == null || !batch.parts().isFilled()) {
        long begin = System.nanoTime();
        try {
          batch = await(begin);
        } finally {
          waitedNanos += System.nanoTime() - begin;
        }
      }
      held[slot(handed)] = null;
      handed++;
      batch.lend();
      gaveUp += batch.gaveUp();
      return batch;
    }
  }

  private Batch await(long begin) {
    while (true) {
      if (closed) {
        throw closedEarly();
      }
      Batch batch = held[slot(handed)];
      if (batch != null && batch.parts().isFilled()) {
        return batch;
      }
      // Another part may have a patch before the one that is known to have failed.
      Throwable cause = batch == null ? null : batch.parts().failure();
      if (batch != null && cause != null && batch.parts().isDone()) {
        thrown = true;
        throw filler.failed(batch, cause);
      }
      boolean allOpen = ring.isEmpty() && begun == handed;
      if (allOpen && System.nanoTime() - begin > ALL_OPEN_NANOS) {
        throw new IllegalStateException(
            "all %d batches of the loader have been open for %d s; close them, or have more in flight"
                .formatted(ring.size(), ALL_OPEN_NANOS / 1_000_000_000));
      }
      try {
        // Another thread may be about to close one, so this is no mistake yet.
        ring.wait(1_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for a batch", e);
      }
    }
  }

  /**
   * Where the loader is when the batches handed out so far are done: all ranks together, if each
   * has had as many as this one. With {@link Uneven#EXACT} rank 0 has as many as any, so its state
   * is the one to keep.
   *
   * @throws IllegalStateException if the caller chose the places, as {@link PatchLoader#read} does
   */
  public LoaderState state() {
    LoaderState.Source from = source;
    if (from == null) {
      throw new IllegalStateException(
          "places that the caller chose have no state: what is left is in the caller's list");
    }
    synchronized (ring) {
      long batches = Math.min(first + handed * plan.world(), plan.allBatches());
      return new LoaderState(filler.seed(), epoch, batches * plan.batch(), from);
    }
  }

  /**
   * Patches of the batches so far that are not as the sampler promises: see {@link Batch#gaveUp}.
   */
  public long gaveUp() {
    synchronized (ring) {
      return gaveUp;
    }
  }

  /** How long {@link #next} has waited for batches so far, in nanoseconds. */
  public long waitedNanos() {
    synchronized (ring) {
      return waitedNanos;
    }
  }

  /**
   * Ends the epoch and waits for its threads, which end after the patch that they are at. Any
   * thread may; closing it again has no effect.
   */
  @Override
  public void close() {
    synchronized (ring) {
      closed = true;
      ring.notifyAll();
    }
    boolean interrupted = false;
    for (Thread worker : workers) {
      while (worker.isAlive()) {
        try {
          worker.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    synchronized (ring) {
      for (int i = 0; i < held.length; i++) {
        Batch batch = held[i];
        if (batch != null) {
          held[i] = null;
          ring.add(batch);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
