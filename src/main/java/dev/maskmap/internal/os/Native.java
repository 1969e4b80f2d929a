package dev.maskmap.internal.os;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** Functions of the C library, as far as this process may call them. */
final class Native {
  static final boolean LINUX = System.getProperty("os.name", "").equals("Linux");
  static final boolean MAC = System.getProperty("os.name", "").startsWith("Mac");

  private Native() {}

  /** Whether this process may call any: others have never been tried. */
  static boolean isAllowed() {
    // Asked for first, so that no warning is printed where native access is not enabled.
    return (LINUX || MAC) && Native.class.getModule().isNativeAccessEnabled();
  }

  /** A function, or null where it is not there or must not be called. */
  @SuppressWarnings("restricted")
  static @Nullable MethodHandle find(
      String name, FunctionDescriptor type, Linker.Option... options) {
    if (!isAllowed()) {
      return null;
    }
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find(name)
        .map(function -> linker.downcallHandle(function, type, options))
        .orElse(null);
  }

  /** What a call came to that threw: nothing but a bug of ours makes a handle throw. */
  static RuntimeException failed(String name, Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException known
        ? known
        : new IllegalStateException(name + " cannot be called", e);
  }
}
