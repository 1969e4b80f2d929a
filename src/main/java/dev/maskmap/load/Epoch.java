package dev.maskmap.load;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one epoch that are this rank's, in order, filled ahead by the loader's threads.
 * Which they are and what is in them depends on nothing but the loader's options and the epoch.
 *
 * <p>Threads fill a batch together, in parts: so a few batches are enough for many threads, and
 * their memory stays in the processor's cache. Each takes the same parts of every batch, if it can,
 * as large as it is fast: they are then in the cache of its own processor, and no thread waits for
 * a slower one (docs/performance.md). A consumer that waits fills too, in place of one of several
 * threads, if it comes back for each batch at once.
 *
 * <p>For one consumer thread. {@link #close} ends it early; batches that are still open stay so.
 */
public final class Epoch implements Iterator<Batch>, AutoCloseable {
  /** So long a consumer waits for itself. */
  private static final long ALL_OPEN_NANOS = 30_000_000_000L;

  /** So long a thread that is ahead waits for another before it takes that one's parts. */
  private static final long AHEAD_NANOS = 40_000;

  private final Ring ring;
  private final Filler filler;
  private final LoaderState.@Nullable Source source;
  private final Plan plan;
  private final long epoch;
  private final long first;
  private final Shares shares;
  private final InFlight inFlight;
  private final Seats seats;
  private final Thread[] workers;
  private final BooleanSupplier stopped = this::isClosed;

  /** Written under the ring's lock, as all below; read by those who fill between patches too. */
  private volatile boolean closed;

  /** The consumer, while it fills a part. */
  private @Nullable Thread filling;

  private boolean thrown;
  private long waitedNanos;
  private long gaveUp;

  /**
   * @param source of the patches, for a state; null where it has none
   * @param scratch memory of each thread that fills: there are as many workers
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
    workers = new Thread[scratch.size()];
    seats = new Seats(workers.length, System.nanoTime());
    List<Seat> all = new ArrayList<>();
    for (int i = 0; i < workers.length; i++) {
      int own = i * parts / workers.length;
      int end = Math.max(own + 1, (i + 1) * parts / workers.length);
      Seat seat = new Seat(scratch.get(i), own, end);
      all.add(seat);
      workers[i] =
          Thread.ofPlatform().daemon().name("maskmap-loader-" + i).unstarted(() -> work(seat));
    }
    shares = new Shares(all, parts);
    inFlight = new InFlight(ring, plan, shares, from);
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
    return inFlight.count();
  }

  private boolean isClosed() {
    return closed;
  }

  private void work(Seat own) {
    Seat seat = own;
    while (seat != null) {
      if (takePart(seat)) {
        fill(seat);
      } else {
        seat = rest();
      }
    }
  }

  /**
   * The part that a worker's seat may have is done; takes another one as soon as there is any.
   * False if there is nothing more to do, or if it has given up the seat.
   */
  private boolean takePart(Seat seat) {
    long until = 0;
    while (true) {
      int seen;
      synchronized (ring) {
        if (seat.isTaken()) {
          inFlight.finish(seat);
          if (seats.isAsked()) {
            seats.giveUp(seat);
            ring.notifyAll();
            return false;
          }
          seats.look(System.nanoTime());
        }
        if (isOver()) {
          return false;
        }
        boolean ahead = isAhead(until);
        if (inFlight.take(seat, !ahead)) {
          return true;
        }
        if (!ahead) {
          try {
            ring.wait();
          } catch (InterruptedException e) {
            // A sampler has set the flag, and it is clear now; only closing ends a worker.
          }
          continue;
        }
        seen = ring.changes();
      }
      until = spin(seen, until);
    }
  }

  /** Waits until a seat is free for this worker. Null if there is nothing more to do. */
  private @Nullable Seat rest() {
    while (true) {
      synchronized (ring) {
        if (isOver()) {
          // The one that rests ends too, and nobody else wakes it.
          seats.wake();
          return null;
        }
        Seat seat = seats.takeBack(System.nanoTime());
        if (seat != null) {
          return seat;
        }
      }
      LockSupport.park(this);
      // A sampler may have set the flag, with which no thread can park.
      Thread.interrupted();
    }
  }

  /** Whether a thread that finds nothing of its own to do waits for another. */
  private boolean isAhead(long until) {
    // Where threads have not the same number of parts, one that waited would do so at each batch.
    return shares.isEven() && inFlight.isInHand() && (until == 0 || System.nanoTime() < until);
  }

  private long spin(int seen, long until) {
    long end = until == 0 ? System.nanoTime() + AHEAD_NANOS : until;
    ring.spin(seen, end);
    return end;
  }

  private boolean isOver() {
    return closed || inFlight.isOver();
  }

  /** Fills the part of a seat, which knows afterwards what went wrong. */
  private void fill(Seat seat) {
    Batch batch = seat.batch();
    try {
      long begin = System.nanoTime();
      long firstPatch = batch.filledNumber() * plan.batch();
      filler.fill(batch, seat.from(), seat.to(), epoch, firstPatch, seat.scratch(), stopped);
      seat.done(System.nanoTime() - begin);
    } catch (Throwable e) {
      seat.fail(e);
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
      boolean more = !thrown && inFlight.handed() < size();
      if (more && closed) {
        throw closedEarly();
      }
      return more;
    }
  }

  private IllegalStateException closedEarly() {
    return new IllegalStateException(
        "the epoch is closed after %d of %d batches: a loader has one epoch at a time"
            .formatted(inFlight.handed(), size()));
  }

  /**
   * The next batch, which the caller closes. Waits until it is filled; a caller that comes back for
   * each at once, where the loader has at least two threads, fills parts meanwhile in place of one
   * of them, and returns after the part that it is at. So the sampler is asked in its thread too,
   * and a sampler that an interrupt makes fail has failed.
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
      if (inFlight.handed() == size()) {
        throw new NoSuchElementException("an epoch of %d batches".formatted(size()));
      }
      Batch batch = poll();
      if (batch != null) {
        seats.goes(System.nanoTime());
        return batch;
      }
    }
    return await();
  }

  /** The next batch if it is filled. The caller holds the lock. */
  private @Nullable Batch poll() {
    if (closed) {
      throw closedEarly();
    }
    Batch batch = inFlight.done();
    if (batch == null) {
      return null;
    }
    // Another part may have a patch before the one that was known first to have failed.
    Throwable cause = batch.parts().failure();
    if (cause != null) {
      thrown = true;
      throw filler.failed(batch, cause);
    }
    inFlight.handOut();
    batch.lend();
    gaveUp += batch.gaveUp();
    return batch;
  }

  private Batch await() {
    long begin = System.nanoTime();
    synchronized (ring) {
      seats.comes(begin);
    }
    Seat seat = null;
    long until = 0;
    try {
      while (true) {
        int seen;
        boolean spins;
        synchronized (ring) {
          if (seat != null) {
            stand(seat);
            until = 0;
          }
          Batch batch = poll();
          if (batch != null) {
            return batch;
          }
          boolean ahead = isAhead(until);
          seat = sit(!ahead);
          spins = seat == null && ahead && seats.isOffered();
          if (seat == null && !spins) {
            await(begin);
          }
          seen = ring.changes();
        }
        if (seat != null) {
          fill(seat);
        } else if (spins) {
          until = spin(seen, until);
        }
      }
    } finally {
      synchronized (ring) {
        long end = System.nanoTime();
        waitedNanos += end - begin;
        seats.goes(end);
      }
    }
  }

  /**
   * Has the consumer take a part, if it may and finds one: else null. The caller holds the lock.
   */
  private @Nullable Seat sit(boolean any) {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted(null);
    }
    Seat seat = seats.sit();
    if (seat == null) {
      return null;
    }
    if (!inFlight.take(seat, any)) {
      seats.stand(seat);
      return null;
    }
    filling = Thread.currentThread();
    return seat;
  }

  /** The consumer has filled a part. The caller holds the lock. */
  private void stand(Seat seat) {
    inFlight.finish(seat);
    seats.stand(seat);
    filling = null;
    if (closed) {
      ring.notifyAll();
    }
  }

  /** Waits until something happens. The caller holds the lock. */
  private void await(long begin) {
    boolean allOpen = ring.isEmpty() && inFlight.isEmpty();
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
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(@Nullable Throwable cause) {
    return new IllegalStateException("interrupted while waiting for a batch", cause);
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
      long batches = Math.min(first + inFlight.handed() * plan.world(), plan.allBatches());
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

  /** How long {@link #next} has waited for batches so far, or filled them, in nanoseconds. */
  public long waitedNanos() {
    synchronized (ring) {
      return waitedNanos;
    }
  }

  /**
   * Ends the epoch and waits for its threads, which end after the patch that they are at, and for a
   * consumer that fills. Any thread may; closing it again has no effect.
   *
   * @throws IllegalStateException if the caller is a sampler that is drawing for this epoch
   */
  @Override
  public void close() {
    Thread caller = Thread.currentThread();
    synchronized (ring) {
      if (filling == caller || List.of(workers).contains(caller)) {
        throw new IllegalStateException(
            "a sampler cannot close the epoch that it draws for, nor begin another");
      }
      closed = true;
      ring.notifyAll();
      seats.wake();
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
      while (filling != null) {
        try {
          ring.wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      inFlight.giveBack();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
