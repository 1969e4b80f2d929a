package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.cli.draw.Rename;
import dev.maskmap.convert.ImageImport;
import dev.maskmap.convert.ImageMatching;
import dev.maskmap.convert.ImportOptions;
import dev.maskmap.convert.ImportOptions.NameCheck;
import dev.maskmap.convert.ImportSummary;
import dev.maskmap.convert.MaskFiles;
import dev.maskmap.convert.Naming;
import dev.maskmap.convert.Shard;
import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.image.ImageStore;
import dev.maskmap.image.ImageStoreWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code maskmap pack-images}. */
@Command(
    name = "pack-images",
    sortOptions = false,
    customSynopsis = "maskmap pack-images PATH... -o STORE [OPTIONS]",
    description = {
      "Pack images into a store of their own, decoded and with all their channels, for loaders that"
          + " crop them beside masks. Sizes may differ.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  maskmap pack-images photos/ -o train.images --match train.masks",
      "  maskmap pack-images photos/ -o train.images --match train.masks --rename _mask=_image",
      "  maskmap pack-images 'scans/*.tif' -o scans.images --as gray"
    })
final class PackImagesCommand implements Callable<Integer> {
  /** So many names are given of what is missing or left over. */
  private static final int NAMED = 3;

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description =
          "Image files, .npy files of one image each, folders of them, or quoted patterns such as"
              + " 'a/**/*.jpg'.")
  List<String> paths = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "STORE",
      required = true,
      description = "The store to make: a folder, such as train.images.")
  Path store = Path.of("");

  @Option(
      names = "--match",
      paramLabel = "MASKS",
      description =
          "Take the image of each mask of this store, in the order of the masks, under their names."
              + " Images go by their names without folder and extension.")
  @Nullable Path match;

  @Option(
      names = "--rename",
      paramLabel = "FROM=TO",
      converter = RenameConverter.class,
      description =
          "With --match: the image of a mask has TO in its name where the mask has FROM, such as"
              + " _mask=_image or _mask=.")
  Rename rename = Rename.NONE;

  @Option(
      names = "--unmatched",
      paramLabel = "FILE",
      description =
          "With --match: list in this file all masks without an image and all images without a"
              + " mask, one a line behind the word mask or image and a tab.")
  @Nullable Path unmatched;

  @Option(
      names = "--as",
      paramLabel = "KIND",
      converter = ImageForm.Converter.class,
      description =
          "Make all of them gray, rgb or rgba. Default: as they are, which must be the same for"
              + " all.")
  @Nullable ImageForm form;

  @Option(
      names = "--names",
      paramLabel = "KIND",
      converter = NameOptions.NamingConverter.class,
      description =
          "path (default): the path below the folder given, without extension. stem: its last part."
              + " sequence: a running number. With --match names are those of the masks.")
  Naming naming = Naming.PATH;

  @Option(
      names = "--keep-going",
      description =
          "Leave out images that cannot be read or do not fit, and masks without an image; list"
              + " them at the end and exit with 1.")
  boolean keepGoing;

  @Option(
      names = "--overwrite",
      description = "Replace a store of images of this name, and the file of --unmatched.")
  boolean overwrite;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Threads that read. Default: one a core. The store does not depend on it.")
  int jobs = Runtime.getRuntime().availableProcessors();

  @Option(names = "--quiet", description = "Print warnings and errors only.")
  boolean quiet;

  @Mixin final CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    check(jobs >= 1, "--jobs %d: expected 1 or more".formatted(jobs));
    check(match != null || rename.equals(Rename.NONE), "--rename needs --match");
    check(match != null || unmatched == null, "--unmatched needs --match");
    check(
        match == null || naming == Naming.PATH,
        "--names does not go with --match, which takes the names of the masks");
    checkTarget();
    List<MaskFile> files = MaskFiles.resolve(paths);
    Path masks = match;
    if (masks == null) {
      if (!keepGoing) {
        MaskFiles.checkNames(files, naming);
      }
      return pack(files, ImageImport.SizeCheck.NONE, 0);
    }
    KernelOption.preferScalar();
    try (MaskStore open = MaskStore.open(masks)) {
      return pack(open, files);
    }
  }

  private void check(boolean sound, String message) {
    if (!sound) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  private void checkTarget() throws IOException {
    if (Files.exists(store, LinkOption.NOFOLLOW_LINKS)) {
      if (!overwrite) {
        throw new IOException(store + ": exists already; --overwrite replaces a store of images");
      }
      if (!ImageStore.isStore(store)) {
        throw new IOException(
            store + ": exists and is no store of images, so --overwrite does not replace it");
      }
    }
    Path parent = store.toAbsolutePath().getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      throw new IOException(store + ": there is no folder " + parent);
    }
  }

  private int pack(MaskStore masks, List<MaskFile> files) throws IOException, InterruptedException {
    if (!masks.hasNames()) {
      throw new IOException(masks.path() + ": its masks have no names to match images by");
    }
    ImageMatching matching =
        ImageMatching.of(files, masks.size(), masks::name, name -> rename.apply(name));
    List<String> without = matching.without();
    if (unmatched != null) {
      UnmatchedList.write(unmatched, overwrite, matching);
    }
    if (!without.isEmpty() && (!keepGoing || matching.files().isEmpty())) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%,d of the %,d masks of %s have no image in %s, such as %s; --rename FROM=TO finds"
                  + " images that are named otherwise, --keep-going leaves out masks without one",
              without.size(),
              masks.size(),
              masks.path(),
              String.join(" ", paths),
              first(without)));
    }
    Map<String, Long> indexes = new HashMap<>();
    for (long i = 0; i < masks.size(); i++) {
      indexes.put(masks.name(i), i);
    }
    int code =
        pack(
            matching.files(),
            (name, height, width) -> misfit(masks, indexes.getOrDefault(name, 0L), height, width),
            without.size());
    PrintWriter err = spec.commandLine().getErr();
    without.forEach(
        name -> err.println("maskmap: left out: mask '" + name + "', which has no image"));
    if (!without.isEmpty()) {
      err.printf(
          Locale.ROOT,
          "maskmap: %,d of the masks of %s have no image; `maskmap remove` takes them out, so that"
              + " masks and images are the same again%n",
          without.size(),
          masks.path());
    }
    if (!matching.unused().isEmpty()) {
      err.printf(
          Locale.ROOT,
          "maskmap: note: %,d image%s of no mask and not packed, such as %s%n",
          matching.unused().size(),
          matching.unused().size() == 1 ? " is" : "s are",
          first(matching.unused()));
    }
    err.flush();
    return code;
  }

  private static @Nullable String misfit(MaskStore masks, long i, int height, int width) {
    int maskHeight = masks.height(i);
    int maskWidth = masks.width(i);
    return height == maskHeight && width == maskWidth
        ? null
        : "%d x %d pixels (height x width), and its mask '%s' of %s has %d x %d"
            .formatted(height, width, masks.name(i), masks.path(), maskHeight, maskWidth);
  }

  private static String first(List<?> all) {
    return all.stream()
        .limit(NAMED)
        .map(Object::toString)
        .map(Failures::oneLine)
        .collect(Collectors.joining(", "));
  }

  /**
   * @param missing masks without an image
   */
  private int pack(List<MaskFile> files, ImageImport.SizeCheck sizes, int missing)
      throws IOException, InterruptedException {
    ImageForm wanted = form;
    int channels = wanted == null ? 0 : wanted.channels();
    ImageImport.Form all = ImageImport.form(files, channels, keepGoing);
    ImportOptions options = new ImportOptions(jobs, keepGoing, naming, Shard.ALL, NameCheck.NONE);
    ImportSummary summary;
    try (ImageStoreWriter writer =
            overwrite
                ? ImageStoreWriter.replace(store, all.type(), all.channels())
                : ImageStoreWriter.create(store, all.type(), all.channels());
        PackProgress progress =
            PackProgress.start("packing", "images", quiet, spec.commandLine().getErr())) {
      summary =
          ImageImport.run(
              files,
              all,
              wanted != null,
              sizes,
              options,
              (name, image) ->
                  writer.add(
                      name, image.height(), image.width(), MemorySegment.ofArray(image.samples())),
              progress);
      if (summary.masks() > 0) {
        writer.commit();
      }
    }
    if (summary.masks() > 0 && !quiet) {
      report(summary, all);
    }
    return ending(summary, missing);
  }

  private void report(ImportSummary summary, ImageImport.Form all) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.println(store + ": " + summary.sizes().describe("image"));
    out.println(
        "  pixels                 %d channel%s of %s"
            .formatted(
                all.channels(),
                all.channels() == 1 ? "" : "s",
                all.type().toString().toLowerCase(Locale.ROOT)));
    out.println("  in the store           " + ByteSize.text(StoreFiles.bytes(store)));
    out.println("  as the files it read   " + ByteSize.text(summary.bytes()));
    out.flush();
  }

  private int ending(ImportSummary summary, int missing) {
    PrintWriter err = spec.commandLine().getErr();
    summary.failures().forEach(failure -> err.println("maskmap: left out: " + failure));
    if (summary.failed() > 0) {
      err.printf(
          Locale.ROOT,
          "maskmap: %,d could not be packed and %s left out of %s%n",
          summary.failed(),
          summary.failed() == 1 ? "was" : "were",
          store);
    }
    if (summary.masks() == 0) {
      err.println("maskmap: no image to pack; nothing was written");
    }
    err.flush();
    return summary.failed() > 0 || summary.masks() == 0 || missing > 0 ? 1 : 0;
  }
}
