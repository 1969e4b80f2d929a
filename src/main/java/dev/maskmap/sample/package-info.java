/** Chooses patches: samplers that are functions of a seed, an epoch and a number. */
@NullMarked
package dev.maskmap.sample;

import org.jspecify.annotations.NullMarked;
