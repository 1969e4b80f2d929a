package dev.maskmap.convert;

import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.MaskSource;
import dev.maskmap.convert.pixels.Messages;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The items of all inputs, one after another, under the names that their masks get; one input is
 * open at a time. Errors are entries like others, so that each is heard of in its turn. Used by one
 * thread.
 */
final class ItemStream implements Closeable {
  private final Iterator<MaskInput> inputs;
  private final ImportOptions options;
  private final int digits;
  // The input and not the item: many items share it.
  private final Map<String, MaskInput> names = new HashMap<>();
  private @Nullable MaskInput input;
  private @Nullable MaskSource source;
  private long position;

  /** What comes next. */
  sealed interface Entry {}

  /** One mask to be read. */
  record Item(String name, MaskItem item) implements Entry {}

  /** One mask, or the rest of an input, that cannot be had. */
  record Bad(IOException reason) implements Entry {}

  /** The end of one input. */
  record End(MaskInput input) implements Entry {}

  ItemStream(List<MaskInput> inputs, ImportOptions options) {
    this.inputs = inputs.iterator();
    this.options = options;
    this.digits = options.naming() == Naming.SEQUENCE ? digits(inputs) : 0;
  }

  /** Opens all inputs once, to know how many digits the last number has. */
  private static int digits(List<MaskInput> inputs) {
    long items = 0;
    for (MaskInput input : inputs) {
      try (MaskSource source = input.open()) {
        while (source.next() != null) {
          items++;
        }
      } catch (IOException e) {
        // It is heard of when its turn comes.
      }
    }
    return String.valueOf(Math.max(items - 1, 0)).length();
  }

  /** Returns what comes next, or null behind the last. */
  @Nullable Entry next() {
    while (true) {
      MaskInput current = input;
      if (current == null) {
        if (!inputs.hasNext()) {
          return null;
        }
        current = inputs.next();
        input = current;
      }
      try {
        MaskSource open = source;
        if (open == null) {
          open = current.open();
          source = open;
        }
        MaskItem item = open.next();
        if (item == null) {
          end();
          return new End(current);
        }
        Entry entry = entry(current, item);
        if (entry != null) {
          return entry;
        }
      } catch (IOException e) {
        return failed(current, e);
      }
    }
  }

  /** An input that fails has an end too: the next call finds a source without items. */
  private Bad failed(MaskInput failed, IOException e) {
    try {
      close();
    } catch (IOException suppressed) {
      e.addSuppressed(suppressed);
    }
    source = new Exhausted();
    input = failed;
    return new Bad(e);
  }

  private void end() throws IOException {
    close();
    input = null;
  }

  private @Nullable Entry entry(MaskInput from, MaskItem item) {
    String name = options.naming().of(from.name(), item.name(), position++, digits);
    if (!options.shard().contains(name)) {
      return null;
    }
    String wrong = MaskNames.problem(name);
    wrong = wrong == null ? options.names().problem(name) : wrong;
    if (wrong != null) {
      return new Bad(new IOException(Messages.oneLine(item.origin() + ": " + wrong)));
    }
    MaskInput other = names.putIfAbsent(name, from);
    return other == null
        ? new Item(name, item)
        : new Bad(MaskNames.twice(name, other.origin(), item.origin()));
  }

  /** Closes the input that is open. */
  @Override
  public void close() throws IOException {
    MaskSource open = source;
    source = null;
    if (open != null) {
      open.close();
    }
  }

  private static final class Exhausted implements MaskSource {
    @Override
    public @Nullable MaskItem next() {
      return null;
    }

    @Override
    public void close() {}
  }
}
