package dev.maskmap.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What {@code bench --loader --every} says of a stretch of time: whether speed and memory stay as
 * they are.
 *
 * @param seconds since the measurement began
 * @param patchesPerSecond of this stretch
 * @param privateBytes of the process in memory that no file holds: heap, batches, code; empty where
 *     the system does not tell
 * @param mappedBytes of files that it maps and that are in memory
 * @param heapBytes in use, what the collector has not looked at yet included
 */
record SoakLine(
    double seconds,
    double patchesPerSecond,
    OptionalLong privateBytes,
    OptionalLong mappedBytes,
    long heapBytes) {
  static SoakLine now(double seconds, double patchesPerSecond) {
    Runtime runtime = Runtime.getRuntime();
    return new SoakLine(
        seconds,
        patchesPerSecond,
        SystemSettings.residentBytes("RssAnon"),
        SystemSettings.residentBytes("RssFile"),
        runtime.totalMemory() - runtime.freeMemory());
  }

  String text() {
    return String.format(
        Locale.ROOT,
        "%6.0f s  %,11.0f patches/s  private %s, mapped files %s, heap %s",
        seconds,
        patchesPerSecond,
        megabytes(privateBytes),
        megabytes(mappedBytes),
        megabytes(OptionalLong.of(heapBytes)));
  }

  private static String megabytes(OptionalLong bytes) {
    return bytes.isEmpty()
        ? "not known"
        : String.format(Locale.ROOT, "%,.1f MB", bytes.getAsLong() / 1e6);
  }

  Map<String, Object> json() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("seconds", seconds);
    members.put("patches_per_second", patchesPerSecond);
    members.put("private_bytes", privateBytes.isEmpty() ? null : privateBytes.getAsLong());
    members.put("mapped_bytes", mappedBytes.isEmpty() ? null : mappedBytes.getAsLong());
    members.put("heap_bytes", heapBytes);
    return members;
  }
}
