package dev.maskmap.cli;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * Standard output that remembers why it failed: a full disk is an error, a reader that has seen
 * enough ({@code | head}) is none.
 */
final class StandardOutput extends OutputStream {
  @SuppressWarnings("StreamResourceLeak") // the process's own
  private final OutputStream out = new FileOutputStream(FileDescriptor.out);

  private final PrintWriter writer =
      new PrintWriter(new BufferedWriter(new OutputStreamWriter(this, System.out.charset())), true);

  private @Nullable IOException failure;

  PrintWriter writer() {
    return writer;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    if (failure != null) {
      throw failure;
    }
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /** Writes what is left and returns the exit code, given the one of the command. */
  int finish(PrintWriter err, int code) {
    writer.flush();
    IOException failed = failure;
    if (failed == null || String.valueOf(failed.getMessage()).contains("Broken pipe")) {
      return code;
    }
    err.println("maskmap: standard output: " + failed.getMessage());
    return Math.max(code, 1);
  }
}
