package dev.maskmap.image;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What one sample of a pixel is, as NumPy names it. */
public enum ImageType {
  /** True or false: bytes of 1 and 0. */
  BOOL("b1"),
  /** 8 bits with sign. */
  INT8("i1"),
  /** 8 bits, 0 to 255: what most images have. */
  UINT8("u1"),
  /** 16 bits with sign. */
  INT16("i2"),
  /** 16 bits, 0 to 65,535. */
  UINT16("u2"),
  /** Half precision. */
  FLOAT16("f2"),
  /** 32 bits with sign. */
  INT32("i4"),
  /** 32 bits without sign. */
  UINT32("u4"),
  /** Single precision. */
  FLOAT32("f4"),
  /** 64 bits with sign. */
  INT64("i8"),
  /** 64 bits without sign. */
  UINT64("u8"),
  /** Double precision. */
  FLOAT64("f8");

  private final String code;

  ImageType(String code) {
    this.code = code;
  }

  /** Bytes of a sample: 1, 2, 4 or 8. */
  public int bytes() {
    return code.charAt(1) - '0';
  }

  /** The type string of NumPy in little-endian order, such as {@code |u1} or {@code <f4}. */
  public String descr() {
    return (bytes() == 1 ? "|" : "<") + code;
  }

  /** The type of a type string of NumPy, in any byte order, if it is one of these. */
  public static Optional<ImageType> of(String descr) {
    for (ImageType type : values()) {
      if (descr.length() == 3
          && "<>|=".indexOf(descr.charAt(0)) >= 0
          && descr.endsWith(type.code)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  static String all() {
    return Arrays.stream(values()).map(type -> type.code).collect(Collectors.joining(", "));
  }
}
