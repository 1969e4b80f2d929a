package dev.maskmap.convert.export;

import dev.maskmap.convert.image.BitPbm;
import dev.maskmap.convert.image.BitPng;
import dev.maskmap.convert.image.BitTiff;
import java.io.IOException;

/** What one mask can become: one file. Foreground is white in pictures and true in arrays. */
public enum MaskFormat {
  /** Gray PNG of one bit a pixel. */
  PNG("png", ".png") {
    @Override
    byte[] encode(MaskSelection masks, int i) {
      return BitPng.encode(masks.packed(i), BEST);
    }
  },

  /** Netpbm's binary bitmap, P4. */
  PBM("pbm", ".pbm") {
    @Override
    byte[] encode(MaskSelection masks, int i) {
      return BitPbm.encode(masks.packed(i));
    }
  },

  /** Bilevel TIFF, compressed as CCITT group 4. */
  TIFF("tiff", ".tif") {
    @Override
    byte[] encode(MaskSelection masks, int i) throws IOException {
      return BitTiff.encode(masks.packed(i));
    }
  },

  /** NumPy array of eight pixels a byte, packed down the columns. */
  NPY("npy", ".npy") {
    @Override
    byte[] encode(MaskSelection masks, int i) {
      return NpyMask.packed(masks, i);
    }
  },

  /** NumPy array of one bool a pixel. */
  NPY_BOOL("npy-bool", ".npy") {
    @Override
    byte[] encode(MaskSelection masks, int i) {
      return NpyMask.bool(masks, i);
    }
  };

  /** Of deflate. Masks are small, and the smallest file is what people export for. */
  static final int BEST = 9;

  private final String label;
  private final String extension;

  MaskFormat(String label, String extension) {
    this.label = label;
    this.extension = extension;
  }

  /** What the user calls it. */
  public String label() {
    return label;
  }

  /** Whether its files are NumPy arrays. */
  public boolean isArray() {
    return this == NPY || this == NPY_BOOL;
  }

  /** The end of its files' names, with the dot. */
  String extension() {
    return extension;
  }

  /**
   * Returns the whole file of mask {@code i}. Any thread may call it.
   *
   * @throws IllegalArgumentException if the mask is too large for the format
   * @throws IOException if the system's own encoder fails
   */
  abstract byte[] encode(MaskSelection masks, int i) throws IOException;
}
