package dev.maskmap.feed;

import dev.maskmap.internal.json.JsonException;
import dev.maskmap.internal.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What the client sent: members, and behind them arrays of numbers of eight bytes each, which the
 * member {@code arrays} lists.
 *
 * @param members null for slots that are given back, which are all there is in {@code rest} then
 */
record Message(JsonObject members, List<Numbers> arrays) {
  /**
   * An array.
   *
   * @param bytes of it, little-endian
   */
  record Numbers(String name, int count, ByteBuffer bytes) {
    long[] longs() {
      long[] numbers = new long[count];
      bytes.duplicate().order(bytes.order()).asLongBuffer().get(numbers);
      return numbers;
    }

    /** The numbers as {@code int}s, which they have to fit. */
    int[] ints() {
      long[] numbers = longs();
      int[] result = new int[count];
      for (int i = 0; i < count; i++) {
        if (numbers[i] != (int) numbers[i]) {
          throw new IllegalArgumentException(
              "%s: %d, number %d of them, is beyond 2^31".formatted(name, numbers[i], i));
        }
        result[i] = (int) numbers[i];
      }
      return result;
    }

    double[] doubles() {
      double[] numbers = new double[count];
      bytes.duplicate().order(bytes.order()).asDoubleBuffer().get(numbers);
      return numbers;
    }
  }

  /**
   * Takes the arrays apart.
   *
   * @throws JsonException if members are missing or of another kind
   * @throws IllegalArgumentException if the bytes are not those of the arrays that are listed
   */
  static Message of(byte[] json, ByteBuffer rest) throws JsonException {
    JsonObject members = JsonObject.parse(json, "message");
    List<Numbers> arrays = new ArrayList<>();
    int at = rest.position();
    if (members.has("arrays")) {
      for (JsonObject array : members.objects("arrays")) {
        int most = (rest.limit() - at) / Long.BYTES;
        int count = (int) array.integer("count", 0, most);
        ByteBuffer bytes = rest.slice(at, count * Long.BYTES).order(rest.order());
        arrays.add(new Numbers(array.string("name"), count, bytes));
        at += count * Long.BYTES;
      }
    }
    if (at != rest.limit()) {
      throw new IllegalArgumentException(
          "a message has %d bytes behind those that its arrays list".formatted(rest.limit() - at));
    }
    return new Message(members, arrays);
  }

  /** What is to be done. */
  String kind() throws JsonException {
    return members.string("message");
  }

  /** The array of a name, which must be there. */
  Numbers array(String name) {
    return arrays.stream()
        .filter(array -> array.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("a message without its array " + name));
  }
}
