package dev.maskmap.load;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one epoch that are this rank's, in order, filled ahead by the loader's threads.
 * Which they are and what is in them depends on nothing but the loader's options and the epoch.
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
  private final Batch[] ready;
  private final Thread[] workers;

  /** Written under the ring's lock, as all below; read by the workers between patches too. */
  private volatile boolean closed;

  private long taken;
  private long handed;
  private long failedAt = Long.MAX_VALUE;
  private @Nullable Throwable failure;
  private @Nullable Batch failed;
  private boolean thrown;
  private int filling;
  private long waitedNanos;
  private long gaveUp;

  /**
   * @param source of the patches, for a state; null where it has none
   * @param scratch memory of each thread: there are as many threads
   * @param from the first batch of the epoch that nobody has read
   */
  Epoch(
      Ring ring,
      Filler filler,
      LoaderState.@Nullable Source source,
      Plan plan,
      List<PatchScratch> scratch,
      long epoch,
      long from) {
    this.ring = ring;
    this.filler = filler;
    this.source = source;
    this.plan = plan;
    this.epoch = epoch;
    first = from;
    count = plan.batches(from);
    ready = new Batch[ring.size()];
    workers = new Thread[scratch.size()];
    for (int i = 0; i < workers.length; i++) {
      PatchScratch own = scratch.get(i);
      workers[i] =
          Thread.ofPlatform().daemon().name("maskmap-loader-" + i).unstarted(() -> fillAll(own));
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

  private void fillAll(PatchScratch scratch) {
    BooleanSupplier stopped = () -> closed;
    while (true) {
      Batch batch;
      long ticket;
      synchronized (ring) {
        // Memory first, then a number: so the lowest number under way always has memory.
        while ((batch = isDone() ? null : ring.poll()) == null) {
          if (isDone()) {
            return;
          }
          try {
            ring.wait();
          } catch (InterruptedException e) {
            // A sampler has set the flag, and it is clear now; only closing ends a worker.
          }
        }
        ticket = taken++;
        filling++;
      }
      Throwable cause = null;
      try {
        long number = plan.number(first, ticket);
        batch.begin(number, plan.size(number));
        filler.fill(batch, epoch, number * plan.batch(), scratch, stopped);
      } catch (Throwable e) {
        cause = e;
      }
      finished(batch, ticket, cause);
    }
  }

  /** Whether a worker has nothing more to do. */
  private boolean isDone() {
    return closed || failure != null || taken == count;
  }

  private void finished(Batch batch, long ticket, @Nullable Throwable cause) {
    synchronized (ring) {
      filling--;
      if (cause != null && ticket < failedAt) {
        Batch before = failed;
        if (before != null) {
          ring.add(before);
        }
        failedAt = ticket;
        failure = cause;
        // Kept, since it knows which patch it was.
        failed = batch;
      } else if (cause != null || closed) {
        ring.add(batch);
      } else {
        ready[(int) (ticket % ready.length)] = batch;
      }
      ring.notifyAll();
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
      int slot = (int) (handed % ready.length);
      if (ready[slot] == null) {
        long begin = System.nanoTime();
        try {
          await(slot, begin);
        } finally {
          waitedNanos += System.nanoTime() - begin;
        }
      }
      Batch batch = ready[slot];
      ready[slot] = null;
      handed++;
      batch.lend();
      gaveUp += batch.gaveUp();
      return batch;
    }
  }

  private void await(int slot, long begin) {
    while (ready[slot] == null) {
      if (closed) {
        throw closedEarly();
      }
      Throwable cause = failure;
      if (cause != null && failedAt == handed) {
        thrown = true;
        throw filler.failed(Objects.requireNonNull(failed), cause);
      }
      boolean allOpen = filling == 0 && ring.isEmpty() && taken == handed;
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
      Batch kept = failed;
      if (kept != null) {
        failed = null;
        ring.add(kept);
      }
      for (int i = 0; i < ready.length; i++) {
        Batch batch = ready[i];
        if (batch != null) {
          ready[i] = null;
          ring.add(batch);
        }
      }
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
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
