/** The page {@code docs/benchmarks.md}, made of what {@code bin/benchmarks} measured. */
package dev.maskmap.jmh.page;
