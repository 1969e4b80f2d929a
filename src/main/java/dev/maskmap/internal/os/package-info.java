/**
 * What the operating system offers beyond the JDK, through downcalls: used where it is there and
 * native access is enabled, done without where not.
 */
@NullMarked
package dev.maskmap.internal.os;

import org.jspecify.annotations.NullMarked;
