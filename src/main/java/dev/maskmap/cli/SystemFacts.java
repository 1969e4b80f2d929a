package dev.maskmap.cli;

import dev.maskmap.internal.kernel.Kernels;
import dev.maskmap.internal.os.MapAdvice;
import dev.maskmap.internal.os.PageCache;
import dev.maskmap.internal.os.PathExchange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code info --system} says about this process. */
record SystemFacts(
    String java,
    String system,
    int cores,
    boolean vectorModule,
    String kernel,
    boolean nativeAccess,
    long pageBytes,
    String hugePages,
    List<String> hints) {

  static SystemFacts ofThisProcess() {
    boolean nativeAccess = SystemFacts.class.getModule().isNativeAccessEnabled();
    return new SystemFacts(
        property("java.runtime.version") + " (" + property("java.vendor") + ")",
        property("os.name") + " " + property("os.version") + " " + property("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        Kernels.hasVectorModule(),
        Kernels.get().name(),
        nativeAccess,
        MapAdvice.pageBytes(),
        SystemSettings.hugePages(),
        callable());
  }

  private static List<String> callable() {
    List<String> hints = new ArrayList<>();
    if (PathExchange.isAvailable()) {
      hints.add("renameat2");
    }
    if (MapAdvice.canAdvise() && MapAdvice.isWanted()) {
      hints.add("madvise");
    }
    if (MapAdvice.canAsk()) {
      hints.add("mincore");
    }
    if (PageCache.canDrop()) {
      hints.add("posix_fadvise");
    }
    return List.copyOf(hints);
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  Map<String, String> text() {
    Map<String, String> text = new LinkedHashMap<>();
    text.put("java", java);
    text.put("system", system + ", " + cores + " cores");
    text.put(
        "vectors",
        vectorModule
            ? "module jdk.incubator.vector is there"
            : "module jdk.incubator.vector is absent: java --add-modules jdk.incubator.vector");
    text.put("kernel", kernel);
    text.put(
        "native access",
        nativeAccess ? "enabled" : "disabled: java --enable-native-access=ALL-UNNAMED");
    text.put("page size", String.format(Locale.ROOT, "%,d bytes", pageBytes));
    text.put(
        "huge pages",
        switch (hugePages) {
          case "" -> "not known";
          case "never" -> "never";
          default ->
              hugePages + (hints.contains("madvise") ? ": batches of 2 MiB ask for them" : "");
        });
    text.put("hints", hintsText());
    return text;
  }

  private String hintsText() {
    String replaced =
        hints.contains("renameat2")
            ? "a store is replaced in one step"
            : "a store is replaced in two renames";
    String read =
        hints.contains("madvise") ? "reads say ahead what they touch" : "reads say nothing ahead";
    return "%s: %s, %s"
        .formatted(hints.isEmpty() ? "none" : String.join(", ", hints), replaced, read);
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("java", java);
    json.put("java_home", property("java.home"));
    json.put("system", system);
    json.put("cores", cores);
    json.put("vector_module", vectorModule);
    json.put("kernel", kernel);
    json.put("native_access", nativeAccess);
    json.put("page_bytes", pageBytes);
    json.put("huge_pages", hugePages.isEmpty() ? null : hugePages);
    json.put("hints", hints);
    return json;
  }
}
