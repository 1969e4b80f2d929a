package dev.maskmap.feed;

import dev.maskmap.load.Batch;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What the client is told.
 *
 * @param text what a failure says, on one line
 */
record Answers(FrameWriter out, Function<Throwable, String> text) {
  void message(Map<String, Object> members) throws IOException {
    out.message(members);
  }

  void batch(Batch batch) throws IOException {
    out.batch(batch);
  }

  /**
   * A failure, which ends what was asked for and nothing else.
   *
   * @param of the message that is answered so, or {@code batch} where an epoch ends with it
   */
  void failed(String of, Throwable e) throws IOException {
    Throwable cause = e.getCause();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("message", "error");
    members.put("of", of);
    members.put("class", e.getClass().getName());
    members.put("cause", cause == null ? "" : cause.getClass().getName());
    members.put("text", text.apply(e));
    out.message(members);
  }
}
