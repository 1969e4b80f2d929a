package dev.maskmap.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.maskmap.internal.json.Json;
import dev.maskmap.internal.json.JsonObject;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A client in this process, written after docs/feed.md. */
final class FeedClient implements AutoCloseable {
  /**
   * A frame of the feed.
   *
   * @param members null where it is a batch
   */
  record Answer(JsonObject members, ByteBuffer rest) {
    boolean isBatch() {
      return members == null;
    }

    String kind() {
      try {
        return isBatch() ? "batch" : members.string("message");
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** As {@code docs/feed.md} lists the members of a batch. */
  record BatchFrame(int slot, int size, long number, long[] masks, int[][] places, byte[][] flags) {
    static BatchFrame of(ByteBuffer frame) {
      int slot = frame.getInt();
      int size = frame.getInt();
      long number = frame.getLong();
      long[] masks = new long[size];
      for (int i = 0; i < size; i++) {
        masks[i] = frame.getLong();
      }
      int[][] places = new int[4][size];
      for (int[] each : places) {
        for (int i = 0; i < size; i++) {
          each[i] = frame.getInt();
        }
      }
      byte[][] flags = new byte[2][size];
      frame.get(flags[0]).get(flags[1]);
      if (frame.hasRemaining()) {
        throw new AssertionError(frame.remaining() + " bytes behind a batch");
      }
      return new BatchFrame(slot, size, number, masks, places, flags);
    }
  }

  private static final Answer END = new Answer(null, ByteBuffer.allocate(0));

  private final OutputStream to;
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final Thread thread;
  final AtomicReference<Throwable> failed = new AtomicReference<>();

  FeedClient() throws IOException {
    Pipe there = Pipe.open();
    Pipe back = Pipe.open();
    to = Channels.newOutputStream(there.sink());
    thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try (Feed feed =
                      new Feed(
                          Channels.newInputStream(there.source()),
                          Channels.newOutputStream(back.sink()),
                          Throwable::getMessage,
                          failed::set)) {
                    feed.run("test");
                  } catch (IOException | RuntimeException e) {
                    failed.set(e);
                  }
                });
    DataInputStream from = new DataInputStream(Channels.newInputStream(back.source()));
    Thread.ofPlatform().daemon().start(() -> receiveAll(from));
  }

  private void receiveAll(DataInputStream from) {
    try {
      while (true) {
        int length = Integer.reverseBytes(from.readInt());
        ByteBuffer frame = ByteBuffer.wrap(from.readNBytes(length)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] json = new byte[frame.getInt()];
        frame.get(json);
        answers.add(new Answer(json.length == 0 ? null : JsonObject.parse(json, "answer"), frame));
      }
    } catch (IOException e) {
      answers.add(END);
    }
  }

  /** Sends a message, and behind it arrays of eight bytes a number. */
  void send(Map<String, Object> members, long... numbers) throws IOException {
    byte[] json = Json.write(members).getBytes(UTF_8);
    raw(json, numbers.length * Long.BYTES, frame -> frame.asLongBuffer().put(numbers));
  }

  void giveBack(int... slots) throws IOException {
    raw(new byte[0], slots.length * Integer.BYTES, frame -> frame.asIntBuffer().put(slots));
  }

  private void raw(byte[] json, int rest, Consumer<ByteBuffer> fill) throws IOException {
    ByteBuffer frame =
        ByteBuffer.allocate(2 * Integer.BYTES + json.length + rest).order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(Integer.BYTES + json.length + rest).putInt(json.length).put(json);
    fill.accept(frame.slice().order(ByteOrder.LITTLE_ENDIAN));
    to.write(frame.array());
    to.flush();
  }

  void rawBytes(byte... bytes) throws IOException {
    to.write(bytes);
    to.flush();
  }

  Answer receive() {
    try {
      Answer answer = answers.poll(20, TimeUnit.SECONDS);
      if (answer == null || answer == END) {
        throw new AssertionError("no answer: " + failed.get());
      }
      return answer;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The next batch; anything else is a mistake. */
  BatchFrame batch() {
    Answer answer = receive();
    if (!answer.isBatch()) {
      throw new AssertionError("no batch: " + answer.kind());
    }
    return BatchFrame.of(answer.rest());
  }

  /** Whether something comes within a moment. */
  boolean hasMore() throws InterruptedException {
    for (int i = 0; i < 30 && answers.isEmpty(); i++) {
      Thread.sleep(10);
    }
    return !answers.isEmpty();
  }

  /** Ends the stream, and waits for the feed to end. */
  void end() throws IOException {
    to.close();
    awaitEnd();
  }

  void awaitEnd() {
    try {
      if (thread.join(Duration.ofSeconds(20))) {
        return;
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("the feed has not ended");
  }

  @Override
  public void close() throws IOException {
    end();
  }
}
