package dev.maskmap.cli;

/**
 * One patch of a contact sheet.
 *
 * @param pixels {@code height * width} bytes of 0 and 1, row by row; shared, not copied
 * @param height rows
 * @param width pixels in a row
 * @param name of the mask: the first line of the label, shortened where it is too long
 * @param origin where in the mask the patch is: the second line of the label
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record Tile(byte[] pixels, int height, int width, String name, String origin) {
  Tile {
    if (height < 1 || width < 1 || pixels.length != (long) height * width) {
      throw new IllegalArgumentException(
          "%d bytes for %d x %d pixels".formatted(pixels.length, height, width));
    }
  }
}
