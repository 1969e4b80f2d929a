package dev.maskmap.cli;

import dev.maskmap.convert.export.MaskFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A format that {@code export} writes: a file for each mask, or COCO's one document of all. */
record ExportFormat(@Nullable MaskFormat each) {
  private static final String COCO = "coco-rle";

  /** What {@code -o output} means in this format. */
  ExportTarget target(Path output) {
    MaskFormat format = each;
    if (format == null) {
      return ExportTarget.coco(output);
    }
    return format.isArray() && isArrayFile(output)
        ? ExportTarget.array(output, format)
        : new ExportTarget.Folder(output, format);
  }

  private static boolean isArrayFile(Path output) {
    String name = String.valueOf(output.getFileName()).toLowerCase(Locale.ROOT);
    return OutputFile.isDevice(output) || (name.endsWith(".npy") && !Files.isDirectory(output));
  }

  /** Reads {@code png}, {@code npy-bool} and so on. */
  static final class Converter implements ITypeConverter<ExportFormat> {
    @Override
    public ExportFormat convert(String text) {
      if (text.equals(COCO)) {
        return new ExportFormat(null);
      }
      for (MaskFormat format : MaskFormat.values()) {
        if (format.label().equals(text)) {
          return new ExportFormat(format);
        }
      }
      String all =
          Arrays.stream(MaskFormat.values())
              .map(MaskFormat::label)
              .collect(Collectors.joining(", "));
      throw new TypeConversionException("'%s': expected %s or %s".formatted(text, all, COCO));
    }
  }
}
