/** Pictures of masks: contact sheets, contours over images, drawings for the terminal. */
@NullMarked
package dev.maskmap.cli.draw;

import org.jspecify.annotations.NullMarked;
