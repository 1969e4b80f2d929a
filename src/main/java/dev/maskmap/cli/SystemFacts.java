package dev.maskmap.cli;

import dev.maskmap.internal.kernel.Kernels;
import java.lang.foreign.Linker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code info --system} says about this process. */
record SystemFacts(
    String java,
    String system,
    int cores,
    boolean vectorModule,
    String kernel,
    boolean nativeAccess,
    boolean atomicReplace) {

  static SystemFacts ofThisProcess() {
    boolean nativeAccess = SystemFacts.class.getModule().isNativeAccessEnabled();
    return new SystemFacts(
        property("java.runtime.version") + " (" + property("java.vendor") + ")",
        property("os.name") + " " + property("os.version") + " " + property("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        Kernels.hasVectorModule(),
        Kernels.get().name(),
        nativeAccess,
        nativeAccess && hasFunction("renameat2"));
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  private static boolean hasFunction(String name) {
    return Linker.nativeLinker().defaultLookup().find(name).isPresent();
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
    text.put(
        "hints",
        atomicReplace
            ? "renameat2: a store is replaced in one step"
            : "none: a store is replaced in two renames");
    return text;
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
    json.put("hints", atomicReplace ? List.of("renameat2") : List.of());
    return json;
  }
}
