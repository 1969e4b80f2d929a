package dev.maskmap.convert.array;

import dev.maskmap.convert.pixels.Messages;
import dev.maskmap.internal.npy.NpyFormatException;
import java.io.IOException;
import java.util.Objects;

/** A reason of our own for not reading an array, in words that follow its origin. */
final class Refusal extends IOException {
  private static final long serialVersionUID = 1L;

  private static final int SHOWN = 80;

  Refusal(String reason) {
    super(reason);
  }

  /** Returns a refusal of which {@code cause} is the cause. */
  static Refusal of(String reason, IOException cause) {
    Refusal refusal = new Refusal(reason);
    refusal.initCause(cause);
    return refusal;
  }

  /** Returns the exception that users see: one line that begins with {@code origin}. */
  static IOException at(String origin, IOException e) {
    // The message of a NPY exception names file and byte already.
    String said = Objects.requireNonNullElse(e.getMessage(), "");
    String reason =
        switch (e) {
          case NpyFormatException npy -> said;
          case Refusal refusal -> origin + ": " + said;
          default -> origin + ": " + Messages.unreadable(e);
        };
    return new IOException(Messages.oneLine(reason), e);
  }

  /** The same for memory that the heap does not have. */
  static IOException at(String origin, OutOfMemoryError e) {
    return new IOException(
        Messages.oneLine(origin + ": not enough memory to read it; try fewer jobs or -Xmx"), e);
  }

  /** Returns foreign text fit for a message: one line, and not longer than it needs to be. */
  static String shown(String text) {
    String line = Messages.oneLine(text);
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
  }
}
