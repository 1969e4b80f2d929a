package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.Residency;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What {@code info --system} says about a store on this machine.
 *
 * @param residency of the store before anything of it was read
 * @param readAheadKib what the system reads ahead on its disk, in KiB; empty where it does not tell
 */
record MemoryFacts(Residency residency, OptionalLong readAheadKib) {
  static MemoryFacts of(MaskStore store) throws IOException {
    Path first = store.parts().getFirst();
    return new MemoryFacts(store.residency(), SystemSettings.readAheadKib(first));
  }

  Map<String, String> text() {
    Map<String, String> text = new LinkedHashMap<>();
    String all = ByteSize.text(residency.bytes());
    if (residency.isComplete()) {
      text.put("in memory", "all of " + all);
    } else if (residency.isKnown()) {
      double share = 100.0 * residency.residentBytes() / residency.bytes();
      String part = ByteSize.text(residency.residentBytes());
      text.put(
          "in memory",
          String.format(Locale.ROOT, "%s of %s, %.1f %%; warm reads all", part, all, share));
    } else {
      text.put(
          "in memory",
          "not known: it takes native access, and files that this user owns or may write");
    }
    readAheadKib.ifPresent(kib -> text.put("read-ahead", kib + " KiB by the store's disk"));
    return text;
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("mapped_bytes", residency.bytes());
    json.put("resident_bytes", residency.isKnown() ? residency.residentBytes() : null);
    json.put("read_ahead_kib", readAheadKib.isPresent() ? readAheadKib.getAsLong() : null);
    return json;
  }
}
