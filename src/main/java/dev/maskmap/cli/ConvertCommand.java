package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.MaskStoreWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code maskmap convert}. */
@Command(
    name = "convert",
    sortOptions = false,
    description = {
      "Write a store again in another layout.",
      "",
      "bits is plain, one bit a pixel, and numpy maps it as it is. runs keeps runs of equal bytes:"
          + " masks of things take a fortieth of the bits and are read faster, noise takes a few"
          + " per cent more. Both give the same reads. A data set becomes one store, and so does a"
          + " bare array.",
      ""
    },
    footer = {"", "Example:", "  maskmap convert train.masks -o train-runs.masks --layout runs"})
final class ConvertCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Mixin final StoreArgument store = new StoreArgument();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "STORE2",
      required = true,
      description = "The store to make: a folder.")
  Path output = Path.of("");

  @Option(
      names = "--layout",
      paramLabel = "LAYOUT",
      required = true,
      converter = LayoutConverter.class,
      description = "bits, runs, or auto: runs where they are under a quarter of the bytes.")
  LayoutChoice layout = LayoutChoice.RUNS;

  @Option(
      names = "--overwrite",
      description = "Replace a store of this name, once the new one is complete.")
  boolean overwrite;

  @Option(names = "--quiet", description = "Print errors only.")
  boolean quiet;

  @Mixin final CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws IOException {
    StoreFiles.checkTarget(output, overwrite);
    try (MaskStore from = store.open()) {
      try (ProgressLine progress = ProgressLine.start("converting", "masks", from.size(), quiet);
          MaskStoreWriter writer =
              overwrite
                  ? MaskStoreWriter.replace(output, layout.written())
                  : MaskStoreWriter.create(output, layout.written())) {
        writer.addAll(from, progress::to);
        layout.commit(writer);
      }
      if (!quiet) {
        report(from);
      }
    }
    return 0;
  }

  private void report(MaskStore from) throws IOException {
    try (MaskStore made = MaskStore.open(output)) {
      spec.commandLine()
          .getOut()
          .println(
              String.format(
                  Locale.ROOT,
                  "%s: %,d mask%s as %s, %s; as %s they took %s",
                  output,
                  made.size(),
                  made.size() == 1 ? "" : "s",
                  made.layout(),
                  ByteSize.text(StoreFiles.bytes(made)),
                  from.layout(),
                  ByteSize.text(StoreFiles.bytes(from))));
    }
  }
}
