package dev.maskmap.feed;

import dev.maskmap.load.Batch;
import dev.maskmap.load.Epoch;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

/** Sends the batches of an epoch as they are ready, on a thread of its own. */
final class Pusher {
  private final Epoch epoch;
  private final Lent lent;
  private final Answers answers;
  private final Thread thread;
  private volatile boolean stopped;

  /**
   * @param lost gets what ended the stream to the client
   */
  Pusher(Epoch epoch, Lent lent, Answers answers, Consumer<IOException> lost) {
    this.epoch = epoch;
    this.lent = lent;
    this.answers = answers;
    thread =
        Thread.ofPlatform()
            .daemon()
            .name("maskmap-feed-push")
            .unstarted(
                () -> {
                  try {
                    push();
                  } catch (IOException e) {
                    lost.accept(e);
                  }
                });
  }

  void start() {
    thread.start();
  }

  private void push() throws IOException {
    try {
      for (long n = 0; n < epoch.size() && !stopped; n++) {
        lent.await();
        if (!next()) {
          lent.giveUp();
          return;
        }
      }
      if (!stopped) {
        answers.message(Map.of("message", "end"));
      }
    } catch (InterruptedException e) {
      // Nobody interrupts it; the process is ending.
      Thread.currentThread().interrupt();
    }
  }

  private boolean next() throws IOException {
    if (stopped) {
      return false;
    }
    Batch batch;
    try {
      batch = epoch.next();
    } catch (RuntimeException | Error e) {
      if (!stopped) {
        answers.failed("batch", e);
      }
      return false;
    }
    lent.lend(batch);
    answers.batch(batch);
    return true;
  }

  /** Ends the epoch; no batch of it is sent afterwards. */
  void stop() {
    stopped = true;
    epoch.close();
    lent.giveUp();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    lent.takeBack();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
