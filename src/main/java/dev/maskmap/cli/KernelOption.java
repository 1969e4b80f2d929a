package dev.maskmap.cli;

import dev.maskmap.internal.kernel.Kernels;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The kernel that a command runs. */
final class KernelOption {
  private static final List<String> KERNELS = List.of("scalar", "128", "256", "512");

  @Option(
      names = "--kernel",
      paramLabel = "KERNEL",
      converter = Converter.class,
      description =
          "Run this one: scalar, or vectors of 128, 256 or 512 bits. Default: the widest that this"
              + " machine prefers.")
  String kernel = "";

  /**
   * Makes the choice, before anything else runs a kernel, and returns its name.
   *
   * @throws ExceptionInInitializerError if this process cannot have it
   */
  String choose() {
    if (!kernel.isEmpty()) {
      System.setProperty(Kernels.PROPERTY, kernel);
    }
    return Kernels.get().name();
  }

  /**
   * Chooses scalar code unless one was chosen, for commands that count a little and are to answer
   * at once: the Vector module takes its time to load, and its absence needs no warning then.
   */
  static void preferScalar() {
    if (System.getProperty(Kernels.PROPERTY) == null) {
      System.setProperty(Kernels.PROPERTY, "scalar");
    }
  }

  /**
   * Names the kernel that commands run which read many patches, without loading the Vector module:
   * {@code scalar}, or {@code vector} of a width that only the module knows.
   */
  static String expected() {
    String forced = System.getProperty(Kernels.PROPERTY, "");
    if (!forced.isEmpty()) {
      return forced.equals("scalar") ? forced : "vector " + forced;
    }
    return Kernels.isVectorModuleInstalled() ? "vector" : "scalar";
  }

  private static final class Converter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!KERNELS.contains(text)) {
        throw new TypeConversionException("'%s': expected scalar, 128, 256 or 512".formatted(text));
      }
      return text;
    }
  }
}
