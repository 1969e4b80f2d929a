/**
 * What stores of masks and of images share: maps of files and their faults, documents with a
 * checksum, arrays written from front to back, and folders that appear as a whole.
 */
@NullMarked
package dev.maskmap.internal.files;

import org.jspecify.annotations.NullMarked;
