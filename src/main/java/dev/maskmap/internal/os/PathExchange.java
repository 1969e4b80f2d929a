package dev.maskmap.internal.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Swaps two paths in one step: {@code renameat2} with {@code RENAME_EXCHANGE} (Linux 3.15, glibc
 * 2.28; see renameat2(2)). No moment exists in which either path is missing.
 */
public final class PathExchange {
  /** Paths are taken relative to the working folder. */
  private static final int AT_FDCWD = -100;

  private static final int RENAME_EXCHANGE = 2;

  private PathExchange() {}

  /** Whether this process may call it; a file system may still refuse. */
  public static boolean isAvailable() {
    return Call.RENAMEAT2 != null;
  }

  /**
   * Swaps the paths.
   *
   * @return false, with nothing changed, where the system or the file system cannot
   */
  public static boolean swap(Path a, Path b) {
    MethodHandle call = Call.RENAMEAT2;
    if (call == null) {
      return false;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment first = arena.allocateFrom(a.toAbsolutePath().toString());
      MemorySegment second = arena.allocateFrom(b.toAbsolutePath().toString());
      return (int) call.invokeExact(AT_FDCWD, first, AT_FDCWD, second, RENAME_EXCHANGE) == 0;
    } catch (Throwable e) {
      throw Native.failed("renameat2", e);
    }
  }

  private static final class Call {
    static final @Nullable MethodHandle RENAMEAT2 =
        Native.LINUX
            ? Native.find(
                "renameat2",
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT))
            : null;
  }
}
