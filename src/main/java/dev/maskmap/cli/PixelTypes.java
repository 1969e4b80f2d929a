package dev.maskmap.cli;

import dev.maskmap.PixelType;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Pixel types as options and JSON spell them: {@code float32}. */
final class PixelTypes {
  private PixelTypes() {}

  static String name(PixelType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  /** NumPy's name of an element; it has none for bfloat16, whose bits are written as they are. */
  static String descr(PixelType type) {
    return switch (type) {
      case UINT8, UINT8_255, PACKED -> "|u1";
      case FLOAT16 -> "<f2";
      case BFLOAT16 -> "<u2";
      case FLOAT32 -> "<f4";
      case INT64 -> "<i8";
    };
  }

  /** Reads a name in any case. */
  static final class Converter implements ITypeConverter<PixelType> {
    @Override
    public PixelType convert(String text) {
      for (PixelType type : PixelType.values()) {
        if (name(type).equalsIgnoreCase(text)) {
          return type;
        }
      }
      String names =
          Stream.of(PixelType.values()).map(PixelTypes::name).collect(Collectors.joining(", "));
      throw new TypeConversionException("'%s': expected one of %s".formatted(text, names));
    }
  }
}
