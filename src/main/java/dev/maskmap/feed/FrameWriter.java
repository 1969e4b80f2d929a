package dev.maskmap.feed;

import dev.maskmap.internal.json.Json;
import dev.maskmap.load.Batch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Frames as they go out, each in one write. Any thread. */
final class FrameWriter {
  /** Length, length of the message, slot, size, number. */
  private static final int HEAD = 4 * Integer.BYTES + Long.BYTES;

  /** Mask; row, column, height, width; turn, whether the sampler gave up. */
  private static final int PATCH = Long.BYTES + 4 * Integer.BYTES + 2;

  private final OutputStream out;
  private byte[] bytes = new byte[HEAD];

  FrameWriter(OutputStream out) {
    this.out = out;
  }

  synchronized void message(Map<String, Object> members) throws IOException {
    byte[] json = Json.write(members).getBytes(StandardCharsets.UTF_8);
    ByteBuffer frame =
        ByteBuffer.allocate(2 * Integer.BYTES + json.length).order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(Integer.BYTES + json.length).putInt(json.length).put(json);
    out.write(frame.array());
    out.flush();
  }

  /** What is known of a batch; its patches lie in the ring. */
  synchronized void batch(Batch batch) throws IOException {
    int size = batch.size();
    int length = HEAD + size * PATCH;
    if (bytes.length < length) {
      bytes = new byte[length];
    }
    ByteBuffer frame = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(length - Integer.BYTES).putInt(0);
    frame.putInt(batch.slot()).putInt(size).putLong(batch.number());
    int ints = HEAD + size * Long.BYTES;
    int flags = ints + 4 * size * Integer.BYTES;
    for (int i = 0; i < size; i++) {
      frame.putLong(HEAD + i * Long.BYTES, batch.mask(i));
      frame.putInt(ints + i * Integer.BYTES, batch.y(i));
      frame.putInt(ints + (size + i) * Integer.BYTES, batch.x(i));
      frame.putInt(ints + (2 * size + i) * Integer.BYTES, batch.validHeight(i));
      frame.putInt(ints + (3 * size + i) * Integer.BYTES, batch.validWidth(i));
      frame.put(flags + i, (byte) batch.turn(i));
      frame.put(flags + size + i, (byte) (batch.gaveUp(i) ? 1 : 0));
    }
    out.write(bytes, 0, length);
    out.flush();
  }
}
