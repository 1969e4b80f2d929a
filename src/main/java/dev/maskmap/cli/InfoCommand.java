package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.internal.json.Json;
import dev.maskmap.internal.kernel.Kernels;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code maskmap info}. */
@Command(
    name = "info",
    sortOptions = false,
    description = {"Say what a store holds: masks, sizes, bytes on disk, share of foreground.", ""})
final class InfoCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "STORE", arity = "0..1", description = StoreArgument.DESCRIPTION)
  @Nullable Path path;

  @Mixin final StoreShape shape = new StoreShape();

  @Option(
      names = "--system",
      description = "Say what runs here: Java, processor, vectors, kernel, hints. Needs no store.")
  boolean system;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Option(
      names = "--list",
      description =
          "Print the masks as a table instead: index, name, height, width, foreground pixels and"
              + " their share, tabs between.")
  boolean list;

  @Mixin final CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws IOException {
    Path store = path;
    if (store == null && !system) {
      throw new ParameterException(spec.commandLine(), "Give a STORE, or --system");
    }
    if (list) {
      if (store == null || system || json) {
        throw new ParameterException(
            spec.commandLine(), "--list takes a STORE, and neither --json nor --system");
      }
      list(store);
      return 0;
    }
    PrintWriter out = spec.commandLine().getOut();
    Map<String, Object> members = new LinkedHashMap<>();
    if (store != null) {
      StoreFacts facts = facts(store);
      members.putAll(facts.json());
      print(out, facts.text());
    }
    if (system) {
      SystemFacts facts = SystemFacts.ofThisProcess();
      members.put("system", facts.json());
      print(out, facts.text());
    }
    if (json) {
      out.println(Json.write(members));
    }
    return 0;
  }

  private StoreFacts facts(Path store) throws IOException {
    String kernel = system ? Kernels.get().name() : KernelOption.expected();
    if (!system) {
      KernelOption.preferScalar();
    }
    try (MaskStore open = shape.open(store)) {
      return StoreFacts.of(open, kernel);
    }
  }

  private void list(Path store) throws IOException {
    KernelOption.preferScalar();
    try (MaskStore open = shape.open(store)) {
      MaskList.print(open, spec.commandLine().getOut());
    }
  }

  private void print(PrintWriter out, Map<String, String> text) {
    if (!json) {
      text.forEach((name, value) -> out.println("%-13s %s".formatted(name, value).stripTrailing()));
    }
  }
}
