package dev.maskmap.cli;

import dev.maskmap.MaskAccessException;
import dev.maskmap.image.ImageAccessException;
import dev.maskmap.load.LoadException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Turns whatever ends a command into one line on standard error and an exit code. */
final class Failures {
  private static final int FAILED = 1;
  private static final int BAD_USAGE = 2;

  private final PrintWriter err;
  private final boolean debug;

  Failures(PrintWriter err, boolean debug) {
    this.err = err;
    this.debug = debug;
  }

  /** Reports a command that failed. */
  int report(Throwable e) {
    return print(e, message(e), FAILED);
  }

  /** Reports arguments that make no sense. */
  int reportUsage(ParameterException e) {
    CommandLine command = e.getCommandLine();
    String help = command.getCommandSpec().qualifiedName() + " --help";
    return print(e, "%s; '%s' shows the options".formatted(e.getMessage(), help), BAD_USAGE);
  }

  private int print(Throwable e, String message, int code) {
    err.println("maskmap: " + oneLine(message));
    if (debug) {
      e.printStackTrace(err);
    }
    err.flush();
    return code;
  }

  /** What a failure says, on one line. */
  static String line(Throwable e) {
    return oneLine(message(e));
  }

  /** Wrappers say nothing of their own. */
  private static Throwable unwrap(Throwable e) {
    Throwable cause = e.getCause();
    boolean wrapper =
        e instanceof UncheckedIOException
            || e instanceof ExecutionException
            || e instanceof CompletionException
            || e instanceof CommandLine.ExecutionException
            || e instanceof ExceptionInInitializerError;
    return wrapper && cause != null ? unwrap(cause) : e;
  }

  private static String message(Throwable thrown) {
    Throwable e = unwrap(thrown);
    return switch (e) {
      case InterruptedException interrupted -> "interrupted";
      case IOException io when isInterrupt(io) -> "interrupted";
      case FileSystemException file -> fileMessage(file);
      case OutOfMemoryError memory ->
          "not enough memory (%s); MASKMAP_JAVA_OPTS=-Xmx4g gives more"
              .formatted(memory.getMessage());
      case InternalError broken ->
          "a mapped file can no longer be read: cut short, or its disk failed ("
              + broken.getMessage()
              + ")";
      case IOException io -> said(io);
      case MaskAccessException access -> said(access);
      case ImageAccessException access -> said(access);
      case LoadException told -> said(told);
      case InvalidPathException path -> "'%s': no path".formatted(path.getInput());
      case NumberFormatException bug -> unexpected(bug);
      case IllegalArgumentException told -> said(told);
      case IllegalStateException told -> said(told);
      case ArrayIndexOutOfBoundsException bug -> unexpected(bug);
      case IndexOutOfBoundsException told -> said(told);
      case ArithmeticException told -> said(told);
      default -> unexpected(e);
    };
  }

  /** A channel that an interrupt closes says so in an exception, which may have been wrapped. */
  private static boolean isInterrupt(Throwable e) {
    return e instanceof ClosedByInterruptException
        || (e.getCause() != null && isInterrupt(e.getCause()));
  }

  private static String said(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? unexpected(e) : message;
  }

  private static String unexpected(Throwable e) {
    return "unexpected %s; --debug shows where, please report it".formatted(e);
  }

  /** The file system's own messages are often only the name of the file. */
  private static String fileMessage(FileSystemException e) {
    String reason = e.getReason();
    if (reason == null) {
      reason =
          switch (e) {
            case NoSuchFileException missing -> "no such file or folder";
            case AccessDeniedException denied -> "permission denied";
            case FileAlreadyExistsException there -> "exists already";
            case DirectoryNotEmptyException full -> "a folder that is not empty";
            default -> null;
          };
    }
    String file = e.getFile();
    // Some have both files, or the whole text in the reason.
    return file == null || reason == null ? said(e) : file + ": " + reason;
  }

  /** Returns {@code text} on one line, whatever a file name or a parser put into it. */
  static String oneLine(String text) {
    StringBuilder line = new StringBuilder();
    text.strip().codePoints().forEach(c -> line.append(Character.isISOControl(c) ? " " : str(c)));
    return line.toString();
  }

  private static String str(int codePoint) {
    return Character.toString(codePoint);
  }
}
