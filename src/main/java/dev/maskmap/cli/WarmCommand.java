package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.Residency;
import dev.maskmap.internal.json.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code maskmap warm}. */
@Command(
    name = "warm",
    sortOptions = false,
    description = {
      "Read a store into the system's cache of files, so that no read waits for the disk.",
      "",
      "A store that is there already takes a moment. The system may drop it again when it needs"
          + " the memory.",
      ""
    },
    footer = {"", "Example:", "  maskmap warm train.masks"})
final class WarmCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Mixin final StoreArgument store = new StoreArgument();

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Mixin final CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (MaskStore open = store.open()) {
      Residency before = open.residency();
      long start = System.nanoTime();
      Residency after;
      try (ProgressLine progress = ProgressLine.startBytes("warming", json)) {
        progress.total(before.bytes());
        after = open.warm(progress::to);
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      spec.commandLine()
          .getOut()
          .println(
              json
                  ? Json.write(members(before, after, seconds))
                  : store.path + ": " + text(before, after, seconds));
    }
    return 0;
  }

  /** What to say of it. */
  static String text(Residency before, Residency after, double seconds) {
    String all = ByteSize.text(after.bytes());
    if (!after.isKnown()) {
      return format("read %s in %.2f s; whether they are in memory is not known", all, seconds);
    }
    if (!after.isComplete()) {
      return format(
          "%s of %s are in memory; there is no room for the rest",
          ByteSize.text(after.residentBytes()), all);
    }
    if (before.isComplete()) {
      return format("all %s were in memory already", all);
    }
    String read = ByteSize.text(after.residentBytes() - Math.max(0, before.residentBytes()));
    return format("all %s are in memory, %s of them read now in %.2f s", all, read, seconds);
  }

  private static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form + "", values);
  }

  private Map<String, Object> members(Residency before, Residency after, double seconds) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("store", store.path.toString());
    members.put("bytes", after.bytes());
    members.put("resident_before", before.isKnown() ? before.residentBytes() : null);
    members.put("resident", after.isKnown() ? after.residentBytes() : null);
    members.put("seconds", seconds);
    return members;
  }
}
