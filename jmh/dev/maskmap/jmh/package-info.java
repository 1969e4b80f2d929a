/** Benchmarks. {@code bin/maskmap-bench NAME} runs those whose name holds NAME. */
package dev.maskmap.jmh;
