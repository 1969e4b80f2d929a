package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What a bare array does not say about itself. */
final class StoreShape {
  private static final Pattern FORM =
      Pattern.compile("(?:([0-9]{1,18})x)?([0-9]{1,9})x([0-9]{1,9})");

  private static final Pattern PATTERN = Pattern.compile("[*?\\[{]");

  @Option(
      names = "--height",
      paramLabel = "H",
      description =
          "For a bare .npy file: the masks' height in pixels. Default: 8 times its packed rows.")
  @Nullable Integer height;

  @Option(
      names = "--shape",
      paramLabel = "NxHxW",
      converter = ShapeConverter.class,
      description =
          "For a file without a header (numpy.memmap): how many masks, and their height and width"
              + " in pixels; HxW is one mask.")
  @Nullable Shape shape;

  @Option(
      names = "--offset",
      paramLabel = "BYTES",
      description = "With --shape: where the first mask begins in the file. Default: 0.")
  @Nullable Long offset;

  @Spec(Spec.Target.MIXEE)
  @Nullable CommandSpec command;

  /** Masks in a file without a header. */
  record Shape(long masks, int height, int width) {}

  /** Opens {@code path}. The caller closes the store. */
  MaskStore open(Path path) throws IOException {
    Integer rows = height;
    Shape raw = shape;
    if (raw == null) {
      check(offset == null, "--offset needs --shape");
      check(rows == null || rows >= 1, "--height: expected 1 or more pixels");
      return rows == null ? openStores(path) : MaskStore.openPacked(path, rows);
    }
    check(rows == null, "--height and --shape exclude each other: the shape has the height");
    long from = offset == null ? 0 : offset;
    check(from >= 0, "--offset: expected 0 or more bytes");
    return MaskStore.openRaw(path, from, raw.masks, raw.height, raw.width);
  }

  /** A pattern in the last name, which the shell has left alone, stands for several stores. */
  private static MaskStore openStores(Path path) throws IOException {
    Path name = path.getFileName();
    if (name == null || !PATTERN.matcher(name.toString()).find() || Files.exists(path)) {
      return MaskStore.open(path);
    }
    Path folder = path.getParent();
    return MaskStore.openAll(folder == null ? Path.of("") : folder, name.toString());
  }

  private void check(boolean sound, String message) {
    CommandSpec spec = command;
    if (!sound && spec != null) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  /** Reads {@code NxHxW} or {@code HxW}. */
  static final class ShapeConverter implements ITypeConverter<Shape> {
    @Override
    public Shape convert(String text) {
      Matcher form = FORM.matcher(text);
      if (!form.matches()) {
        throw new TypeConversionException(
            "'%s': expected NxHxW or HxW, such as 1000x1080x1920".formatted(text));
      }
      long masks = form.group(1) == null ? 1 : Long.parseLong(form.group(1));
      return new Shape(masks, Integer.parseInt(form.group(2)), Integer.parseInt(form.group(3)));
    }
  }
}
