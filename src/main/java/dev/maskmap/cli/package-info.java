/** The command line: its commands, what they print and the pictures they draw. */
@NullMarked
package dev.maskmap.cli;

import org.jspecify.annotations.NullMarked;
