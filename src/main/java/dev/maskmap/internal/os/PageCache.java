package dev.maskmap.internal.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Files in the system's memory: {@code posix_fadvise} on Linux (see posix_fadvise(2)). */
public final class PageCache {
  private static final int O_RDONLY = 0;
  private static final int POSIX_FADV_DONTNEED = 4;

  private PageCache() {}

  /** Whether {@link #drop} can do anything. */
  public static boolean canDrop() {
    return Call.FADVISE != null && Call.OPEN != null && Call.CLOSE != null;
  }

  /**
   * Drops what the system holds of a file, so that the next read goes to the disk. Pages that are
   * mapped or not yet written stay.
   *
   * @throws IOException if the file cannot be opened, or the system cannot do it
   */
  public static void drop(Path file) throws IOException {
    MethodHandle open = Call.OPEN;
    MethodHandle fadvise = Call.FADVISE;
    MethodHandle close = Call.CLOSE;
    if (open == null || fadvise == null || close == null) {
      throw new IOException(file + ": this system, or a lack of native access, keeps it in memory");
    }
    try (Arena arena = Arena.ofConfined()) {
      int descriptor =
          (int) open.invokeExact(arena.allocateFrom(file.toAbsolutePath().toString()), O_RDONLY);
      if (descriptor < 0) {
        throw new IOException(file + ": cannot be opened");
      }
      int failed = (int) fadvise.invokeExact(descriptor, 0L, 0L, POSIX_FADV_DONTNEED);
      failed |= (int) close.invokeExact(descriptor);
      if (failed != 0) {
        throw new IOException(file + ": the system keeps it in memory");
      }
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw Native.failed("posix_fadvise", e);
    }
  }

  /** Looked for when it is needed: a program that reads never is. */
  private static final class Call {
    static final @Nullable MethodHandle OPEN =
        find(
            "open",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    static final @Nullable MethodHandle FADVISE =
        find(
            "posix_fadvise",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    static final @Nullable MethodHandle CLOSE =
        find("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private static @Nullable MethodHandle find(
        String name, FunctionDescriptor type, Linker.Option... options) {
      return Native.LINUX ? Native.find(name, type, options) : null;
    }
  }
}
