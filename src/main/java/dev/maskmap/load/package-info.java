/** From a store to batches: loaders that read ahead on threads of their own. */
@NullMarked
package dev.maskmap.load;

import org.jspecify.annotations.NullMarked;
