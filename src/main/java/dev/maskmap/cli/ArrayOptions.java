package dev.maskmap.cli;

import dev.maskmap.convert.array.ArrayFormat;
import dev.maskmap.convert.array.ArrayFormat.Headerless;
import dev.maskmap.convert.array.ArrayFormat.Packing;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What arrays among the inputs do not say about themselves. */
final class ArrayOptions {
  private static final String PACKED = "--packed";
  private static final String BIT_ORDER = "--bit-order";
  private static final String SIZE = "--size";
  private static final String RAW = "--raw";
  private static final String SHAPE = "--shape";
  private static final String DTYPE = "--dtype";
  private static final String OFFSET = "--offset";
  private static final String MEMBER = "--member";

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  @Option(
      names = PACKED,
      paramLabel = "AXIS",
      converter = PackingConverter.class,
      description =
          "Arrays hold eight pixels a byte, as numpy.packbits(a, axis) packs them: axis=0, axis=1,"
              + " axis=2, axis=-1 (along the rows), axis=-2 (down the columns), counted in (H, W)"
              + " or (N, H, W) as numpy counts; or flat, without an axis.")
  @Nullable Packing packed;

  @Option(
      names = BIT_ORDER,
      paramLabel = "ORDER",
      converter = BitOrderConverter.class,
      description =
          "With --packed, where the first pixel of a byte is: big (the most significant bit, as"
              + " numpy does unless told otherwise) or little.")
  @Nullable String bitOrder;

  @Option(
      names = SIZE,
      paramLabel = "HxW",
      converter = Size.Converter.class,
      description =
          "With --packed, height and width of a mask in pixels; bits past them are ignored. Without"
              + " it, all bits of a row or column are pixels.")
  @Nullable Size size;

  @Option(
      names = RAW,
      description =
          "Inputs have no header: elements one after another in C order, as a.tofile() writes them."
              + " Needs --shape, and --dtype or --packed.")
  boolean raw;

  @Option(
      names = SHAPE,
      paramLabel = "NxHxW",
      converter = Shape.Converter.class,
      description =
          "With --raw, the masks in each file: NxHxW, or HxW for one. In pixels, with --packed"
              + " too.")
  @Nullable Shape shape;

  @Option(
      names = DTYPE,
      paramLabel = "TYPE",
      converter = DtypeConverter.class,
      description =
          "With --raw, the type of an element: uint8, int16, float32, bool, or a code with its byte"
              + " order such as >i2.")
  @Nullable String dtype;

  @Option(
      names = OFFSET,
      paramLabel = "BYTES",
      converter = OffsetConverter.class,
      description = "With --raw, bytes before the first element. Default: 0.")
  @Nullable Long offset;

  @Option(
      names = MEMBER,
      paramLabel = "NAME",
      description =
          "Of each .npz archive, read this array alone; its masks are named after the archive."
              + " Default: all arrays, named after themselves.")
  @Nullable String member;

  /** Says whether any of the options was given, so that arrays are expected among the inputs. */
  boolean given() {
    return packed != null || raw || member != null || withPacked() != null || withRaw() != null;
  }

  /** Says whether inputs have no header, so that content does not tell them. */
  boolean headerless() {
    return raw;
  }

  /**
   * Returns what the options say together.
   *
   * @throws ParameterException if one is given without another that it needs, or against it
   */
  ArrayFormat format() {
    checkRaw();
    checkPacked();
    boolean little = "little".equals(bitOrder);
    Size pixels = size == null ? new Size(0, 0) : size;
    return new ArrayFormat(packed, little, pixels.height(), pixels.width(), content(), member);
  }

  private @Nullable Headerless content() {
    Shape masks = shape;
    if (masks == null) {
      return null;
    }
    return new Headerless(
        masks.masks,
        masks.height,
        masks.width,
        dtype == null ? "uint8" : dtype,
        offset == null ? 0 : offset);
  }

  private void checkRaw() {
    String lonely = withRaw();
    if (!raw && lonely != null) {
      throw usage(lonely + " is for inputs without header: give --raw as well");
    }
    if (raw && shape == null) {
      throw usage("--raw: expected --shape NxHxW as well, such as --shape 100x1080x1920");
    }
    if (raw && dtype == null && packed == null) {
      throw usage("--raw: expected --dtype as well, such as --dtype uint8, or --packed");
    }
    if (raw && size != null) {
      throw usage("--size %s: with --raw the size is in --shape; leave --size out".formatted(size));
    }
    if (raw && member != null) {
      throw usage("--member %s: files without header have no members".formatted(member));
    }
  }

  private void checkPacked() {
    String lonely = withPacked();
    if (packed == null && lonely != null) {
      throw usage(lonely + " is for packed bits: give --packed as well, such as --packed axis=-2");
    }
    if (packed == Packing.FLAT && !raw && size == null) {
      throw usage("--packed flat: expected --size HxW as well, such as --size 1080x1920");
    }
    if (packed != null && dtype != null && !DtypeConverter.isUint8(dtype)) {
      throw usage("--dtype %s: packed bits are uint8; leave --dtype out".formatted(dtype));
    }
  }

  /** Returns an option that was given and means nothing without --raw, or null. */
  private @Nullable String withRaw() {
    if (shape != null) {
      return SHAPE;
    }
    if (dtype != null) {
      return DTYPE;
    }
    return offset != null ? OFFSET : null;
  }

  /** Returns an option that was given and means nothing without --packed, or null. */
  private @Nullable String withPacked() {
    if (bitOrder != null) {
      return BIT_ORDER;
    }
    return size != null ? SIZE : null;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /**
   * The shape of an array in pixels.
   *
   * @param masks how many, or 0 where there are two dimensions
   */
  record Shape(long masks, int height, int width) {
    /** Reads {@code NxHxW} or {@code HxW}. */
    static final class Converter implements ITypeConverter<Shape> {
      @Override
      public Shape convert(String text) {
        String[] numbers = text.split("[xX]", -1);
        try {
          int last = numbers.length - 1;
          if (last == 1 || last == 2) {
            long masks = last == 1 ? 0 : number(numbers[0], Long.MAX_VALUE);
            long height = number(numbers[last - 1], Integer.MAX_VALUE);
            return new Shape(masks, (int) height, (int) number(numbers[last], Integer.MAX_VALUE));
          }
        } catch (NumberFormatException e) {
          // Said below.
        }
        throw new TypeConversionException(
            "'%s': expected MASKSxHEIGHTxWIDTH in pixels, such as 100x1080x1920, or HEIGHTxWIDTH"
                .formatted(text));
      }

      private static long number(String digits, long most) {
        if (!digits.matches("0*[1-9][0-9]*") || Long.parseLong(digits) > most) {
          throw new NumberFormatException(digits);
        }
        return Long.parseLong(digits);
      }
    }
  }

  private static final class PackingConverter implements ITypeConverter<Packing> {
    @Override
    public Packing convert(String text) {
      try {
        return Packing.of(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  private static final class BitOrderConverter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!text.equals("big") && !text.equals("little")) {
        throw new TypeConversionException("'%s': expected big or little".formatted(text));
      }
      return text;
    }
  }

  private static final class OffsetConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      if (!text.matches("[0-9]{1,18}")) {
        throw new TypeConversionException(
            "'%s': expected a number of bytes, 0 or more".formatted(text));
      }
      return Long.parseLong(text);
    }
  }

  private static final class DtypeConverter implements ITypeConverter<String> {
    static boolean isUint8(String dtype) {
      return ArrayFormat.canonicalType(dtype).equals("uint8");
    }

    @Override
    public String convert(String text) {
      try {
        ArrayFormat.canonicalType(text);
        return text;
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
