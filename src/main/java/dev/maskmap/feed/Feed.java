package dev.maskmap.feed;

import dev.maskmap.internal.json.JsonException;
import dev.maskmap.internal.json.JsonObject;
import dev.maskmap.load.Epoch;
import dev.maskmap.load.PatchLoader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One loader that a client drives over two streams: messages in, batches out, which lie in a file
 * that both have mapped. docs/feed.md has the protocol.
 */
public final class Feed implements AutoCloseable {
  /** The version of the protocol, which the first message names. */
  public static final int PROTOCOL = 1;

  private final FrameReader in;
  private final Answers answers;
  private final Consumer<IOException> lost;
  private @Nullable Opening opening;
  private @Nullable PatchLoader loader;
  private @Nullable Lent lent;
  private @Nullable Pusher pusher;

  /**
   * @param in messages of the client; it stays the caller's
   * @param out gets frames and nothing else may write to it; it stays the caller's
   * @param text what a failure says, on one line
   * @param lost runs on a thread of the feed when {@code out} takes no more
   */
  public Feed(
      InputStream in,
      OutputStream out,
      Function<Throwable, String> text,
      Consumer<IOException> lost) {
    this.in = new FrameReader(new BufferedInputStream(in, 1 << 16));
    this.answers = new Answers(new FrameWriter(out), text);
    this.lost = lost;
  }

  /**
   * Watches a process on a thread of its own. The end of a stream says that the client is gone too,
   * but not while a process that was forked from it has the other end open as well.
   *
   * @param pid of the client
   * @param gone runs once, when it has ended
   */
  public static void endWith(long pid, Runnable gone) {
    ParentWatch.start(pid, gone);
  }

  /**
   * Greets the client and does what it says, until it says {@code close} or its stream ends.
   *
   * @param version of this program
   * @throws IOException if a stream fails, or holds what is no message
   */
  public void run(String version) throws IOException {
    Map<String, Object> hello = new LinkedHashMap<>();
    hello.put("message", "hello");
    hello.put("protocol", PROTOCOL);
    hello.put("version", version);
    hello.put("java", Runtime.version().toString());
    hello.put("pid", ProcessHandle.current().pid());
    answers.message(hello);
    FrameReader.Frame frame;
    boolean open = true;
    while (open && (frame = in.read()) != null) {
      if (frame.json().length == 0) {
        giveBack(frame.rest());
      } else {
        open = answer(Message.of(frame.json(), frame.rest()));
      }
    }
  }

  private void giveBack(ByteBuffer slots) {
    Lent all = lent;
    while (slots.remaining() >= Integer.BYTES) {
      int slot = slots.getInt();
      if (all == null) {
        throw new IllegalArgumentException("slot %d is given back before any".formatted(slot));
      }
      all.back(slot);
    }
  }

  /** What fails is told to the client, which may ask for something else then. */
  private boolean answer(Message message) throws IOException {
    String kind = message.kind();
    if (kind.equals("close")) {
      return false;
    }
    try {
      switch (kind) {
        case "open" -> open(message);
        case "ring" -> ring(message.members());
        case "epoch" -> epoch(message.members());
        case "read" -> read(message);
        default -> throw new IllegalArgumentException("an unknown message '%s'".formatted(kind));
      }
    } catch (JsonException | RuntimeException | Error e) {
      answers.failed(kind, e);
    }
    return true;
  }

  private void open(Message message) throws IOException {
    if (opening != null) {
      throw new IllegalStateException("a second loader; start a feed for each");
    }
    Opening asked;
    try {
      asked = Opening.of(message);
    } catch (IOException e) {
      answers.failed("open", e);
      return;
    }
    opening = asked;
    answers.message(asked.answer());
  }

  private void ring(JsonObject members) throws IOException {
    Opening asked = opening;
    if (asked == null || loader != null) {
      throw new IllegalStateException("a ring is made after 'open', and once");
    }
    PatchLoader made;
    try {
      made = asked.loader(Path.of(members.string("path")));
    } catch (IOException e) {
      answers.failed("ring", e);
      return;
    }
    loader = made;
    lent = new Lent(asked.slots());
    answers.message(Map.of("message", "ready"));
  }

  private void epoch(JsonObject members) throws IOException {
    Opening asked = opening;
    PatchLoader ready = loader;
    if (asked == null || ready == null) {
      throw new IllegalStateException("an epoch before 'ring'");
    }
    long epoch = members.integer("epoch", Long.MIN_VALUE, Long.MAX_VALUE);
    long next = members.integer("next", 0, Long.MAX_VALUE);
    stop();
    push(ready.resume(asked.state(epoch, next)));
  }

  private void read(Message message) throws IOException {
    PatchLoader ready = loader;
    if (ready == null) {
      throw new IllegalStateException("places before 'ring'");
    }
    long[] masks = message.array("mask").longs();
    int[] y = message.array("y").ints();
    int[] x = message.array("x").ints();
    stop();
    push(ready.read(masks, y, x));
  }

  /** All batches behind the answer are of this epoch, and those before it of others. */
  private void push(Epoch epoch) throws IOException {
    Lent all = lent;
    if (all == null) {
      throw new IllegalStateException("an epoch before 'ring'");
    }
    Pusher next = new Pusher(epoch, all, answers, lost);
    answers.message(Map.of("message", "epoch", "batches", epoch.size()));
    pusher = next;
    next.start();
  }

  private void stop() {
    Pusher last = pusher;
    if (last != null) {
      pusher = null;
      last.stop();
    }
  }

  /** Ends the epoch, and closes the loader and its stores. */
  @Override
  public void close() {
    stop();
    if (loader != null) {
      loader.close();
    }
    if (opening != null) {
      opening.close();
    }
  }
}
