package dev.maskmap.cli;

import dev.maskmap.Layout;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a layout, in any case. */
final class LayoutConverter implements ITypeConverter<Layout> {
  @Override
  public Layout convert(String text) {
    for (Layout layout : Layout.values()) {
      if (layout.toString().equalsIgnoreCase(text)) {
        return layout;
      }
    }
    throw new TypeConversionException("'%s': expected bits or runs".formatted(text));
  }
}
