package dev.maskmap.cli;

import dev.maskmap.convert.coco.CocoRequest;
import dev.maskmap.convert.coco.CocoRequest.Crowd;
import dev.maskmap.convert.coco.CocoRequest.Per;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which masks are made of annotation files (COCO and its relatives). */
final class CocoOptions {
  @Option(
      names = "--coco",
      paramLabel = "WHAT",
      converter = PerConverter.class,
      description =
          "Annotation files: one mask per-image (the union, empty where there is none; the"
              + " default), per-category (of each image) or per-annotation.")
  Per per = Per.IMAGE;

  @Option(
      names = "--category",
      paramLabel = "NAME",
      split = ",",
      description = "Annotation files: only these categories, by name or id. Default: all.")
  List<String> categories = new ArrayList<>();

  @Option(
      names = "--crowd",
      paramLabel = "include|skip",
      converter = CrowdConverter.class,
      description =
          "Annotation files: whether regions of many objects (iscrowd) are foreground. Default:"
              + " include.")
  Crowd crowd = Crowd.INCLUDE;

  @Option(
      names = "--panoptic",
      paramLabel = "DIR",
      description =
          "Panoptic annotation files: the folder of their PNGs. Default: the one beside the file"
              + " that has its name without .json.")
  @Nullable Path panoptic;

  /** Returns what the options ask for. */
  CocoRequest request() {
    return new CocoRequest(per, categories, crowd, panoptic);
  }

  /** Reads {@code per-image} and the others. */
  static final class PerConverter implements ITypeConverter<Per> {
    @Override
    public Per convert(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "per-annotation" -> Per.ANNOTATION;
        case "per-category" -> Per.CATEGORY;
        case "per-image" -> Per.IMAGE;
        default ->
            throw new TypeConversionException(
                "'%s': expected per-annotation, per-category or per-image".formatted(text));
      };
    }
  }

  /** Reads {@code include} or {@code skip}. */
  static final class CrowdConverter implements ITypeConverter<Crowd> {
    @Override
    public Crowd convert(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "include" -> Crowd.INCLUDE;
        case "skip" -> Crowd.SKIP;
        default ->
            throw new TypeConversionException("'%s': expected include or skip".formatted(text));
      };
    }
  }
}
