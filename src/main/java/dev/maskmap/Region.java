package dev.maskmap;

/** x. */
public record Region(int y, int x, int height, int width) {}
