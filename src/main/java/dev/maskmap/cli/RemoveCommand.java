package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.StoreEdit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code maskmap remove}. */
@Command(
    name = "remove",
    sortOptions = false,
    description = {
      "Remove masks from a store, by name.",
      "",
      "A store never changes: the masks that stay are copied, packed as they are, to a new one that"
          + " then takes its place. Of a data set only the parts concerned are written again.",
      ""
    },
    footer = {"", "Example:", "  maskmap remove train.masks frame-0017 frame-0018"})
final class RemoveCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "STORE", description = "A store or a data set.")
  Path store = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "NAME",
      description = "Names of masks, as `maskmap info --list` prints them.")
  List<String> names = new ArrayList<>();

  @Option(names = "--quiet", description = "Print errors only.")
  boolean quiet;

  @Mixin final CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws IOException {
    Set<String> gone = new LinkedHashSet<>(names);
    StoreEdit.remove(store, gone);
    if (!quiet) {
      try (MaskStore left = MaskStore.open(store)) {
        spec.commandLine()
            .getOut()
            .println(
                String.format(
                    Locale.ROOT, "%s: %,d removed, %,d left", store, gone.size(), left.size()));
      }
    }
    return 0;
  }
}
