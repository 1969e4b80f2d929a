package dev.maskmap.convert.export;

import java.io.IOException;

/** Works on all masks of an export in their order, as {@link OrderedWork#run}. */
interface MaskWork {
  <T> void run(OrderedWork.Work<T> work, OrderedWork.Sink<T> sink)
      throws IOException, InterruptedException;
}
