package dev.maskmap.convert.pixels;

import java.nio.file.Path;

/**
 * An image file and the name that its mask gets in the store.
 *
 * @param name unique among the files of one import, without the extension
 * @param path where the image is
 */
public record MaskFile(String name, Path path) {}
