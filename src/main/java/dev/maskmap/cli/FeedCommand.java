package dev.maskmap.cli;

import dev.maskmap.feed.Feed;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code maskmap feed}: for programs, so no help lists it. */
@Command(
    name = "feed",
    hidden = true,
    sortOptions = false,
    description = {
      "Feed batches to the program that started this, which speaks the protocol of docs/feed.md"
          + " over standard input and output.",
      ""
    })
final class FeedCommand implements Callable<Integer> {
  /** Nothing is left behind, so there is nothing to clean up. */
  private static final int ENDED = 0;

  private static final int FAILED = 1;

  @Option(
      names = "--parent",
      paramLabel = "PID",
      description = "The process to end with. Default: the one that started this.")
  long parent = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(-1L);

  @Mixin final CommonOptions common = new CommonOptions();

  @Override
  @SuppressWarnings("StreamResourceLeak") // the process's own
  public Integer call() {
    InputStream in = new FileInputStream(FileDescriptor.in);
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    // Whatever else is printed must not come between frames.
    System.setOut(System.err);
    Runtime runtime = Runtime.getRuntime();
    Feed.endWith(parent, () -> runtime.halt(ENDED));
    int code = ENDED;
    try {
      new Feed(in, out, Failures::line, e -> runtime.halt(ENDED)).run(version());
    } catch (IOException | RuntimeException | Error e) {
      System.err.println("maskmap: feed: " + Failures.line(e));
      code = FAILED;
    }
    // Not waiting for the threads of the loader, which are in the middle of a batch.
    runtime.halt(code);
    return code;
  }

  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "" : version;
  }
}
