package dev.maskmap.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What {@code pack-images --as} makes of images. */
enum ImageForm {
  GRAY(1),
  RGB(3),
  RGBA(4);

  private final int channels;

  ImageForm(int channels) {
    this.channels = channels;
  }

  int channels() {
    return channels;
  }

  /** Reads a word. */
  static final class Converter implements ITypeConverter<ImageForm> {
    @Override
    public ImageForm convert(String text) {
      for (ImageForm form : values()) {
        if (form.name().toLowerCase(Locale.ROOT).equals(text)) {
          return form;
        }
      }
      throw new TypeConversionException("'%s': expected gray, rgb or rgba".formatted(text));
    }
  }
}
