package dev.maskmap;

import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Mapped memory as a plain native segment. The JDK has one class for mapped segments and another
 * for native ones, and a kernel that has met both stores through either at an eighth of the speed,
 * for the rest of the process (docs/decisions/0005). A view of longs over the same memory is of the
 * native class, with the same bounds and lifetime.
 *
 * <p>The last view of each thread is kept, weakly, so that a destination that is used again costs
 * nothing.
 */
final class NativeView {
  private static final ThreadLocal<NativeView> LAST = ThreadLocal.withInitial(NativeView::new);
  private static final WeakReference<MemorySegment> NONE = new WeakReference<>(null);

  private WeakReference<MemorySegment> mapped = NONE;
  private WeakReference<MemorySegment> view = NONE;

  private NativeView() {}

  /**
   * The same bytes, or null where such a view cannot cover them: they are not whole longs, or more
   * than a buffer holds.
   */
  static @Nullable MemorySegment of(MemorySegment mapped) {
    NativeView last = LAST.get();
    MemorySegment view = last.view.get();
    if (view != null && last.mapped.refersTo(mapped)) {
      return view;
    }
    long bytes = mapped.byteSize();
    if (bytes % Long.BYTES != 0 || bytes > Integer.MAX_VALUE) {
      return null;
    }
    view = MemorySegment.ofBuffer(mapped.asByteBuffer().asLongBuffer());
    last.mapped = new WeakReference<>(mapped);
    last.view = new WeakReference<>(view);
    return view;
  }
}
