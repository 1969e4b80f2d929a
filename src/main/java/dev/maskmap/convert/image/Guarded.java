package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.Messages;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;

/** Turns whatever a decoder throws into one line that begins with the file. */
final class Guarded {
  private Guarded() {}

  /** Something that reads a file. */
  interface Reading<T> {
    /** Reads it. */
    T read() throws IOException;
  }

  /**
   * Returns what {@code reading} returns.
   *
   * @throws IOException if it throws an exception or runs out of memory; the message is one line
   *     that begins with {@code origin}
   */
  static <T> T call(String origin, Reading<T> reading) throws IOException {
    try {
      return reading.read();
    } catch (FileSystemException e) {
      throw new IOException(Messages.oneLine(origin + ": " + Messages.unreadable(e)), e);
    } catch (IOException e) {
      throw new IOException(Messages.oneLine(origin + ": " + reason(e)), e);
    } catch (RuntimeException e) {
      // What ImageIO's readers throw on corrupt data: IndexOutOfBounds, NegativeArraySize, others.
      throw new IOException(Messages.oneLine(origin + ": corrupt image data: " + e), e);
    } catch (OutOfMemoryError e) {
      throw new IOException(
          Messages.oneLine(origin + ": not enough memory to decode it; try fewer jobs or -Xmx"), e);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof ClosedByInterruptException) {
      return "its reading was interrupted";
    }
    return e.getMessage() == null ? "corrupt image data" : e.getMessage();
  }
}
