package dev.maskmap.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a layout, in any case. */
final class LayoutConverter implements ITypeConverter<LayoutChoice> {
  @Override
  public LayoutChoice convert(String text) {
    for (LayoutChoice choice : LayoutChoice.values()) {
      if (choice.toString().equalsIgnoreCase(text)) {
        return choice;
      }
    }
    throw new TypeConversionException("'%s': expected bits, runs or auto".formatted(text));
  }
}
