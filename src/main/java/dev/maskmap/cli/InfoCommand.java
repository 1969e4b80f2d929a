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
    description = {"Say what a store holds: masks, size, bytes on disk, share of foreground.", ""})
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

  @Mixin final CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws IOException {
    Path store = path;
    if (store == null && !system) {
      throw new ParameterException(spec.commandLine(), "Give a STORE, or --system");
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
    if (!system && System.getProperty(Kernels.PROPERTY) == null) {
      // Counting a bare array runs a kernel; without the Vector module, which takes its time to
      // load, this is the one there is, and its choice needs no warning.
      System.setProperty(Kernels.PROPERTY, "scalar");
    }
    try (MaskStore open = shape.open(store)) {
      return StoreFacts.of(open);
    }
  }

  private void print(PrintWriter out, Map<String, String> text) {
    if (!json) {
      text.forEach((name, value) -> out.println("%-13s %s".formatted(name, value).stripTrailing()));
    }
  }
}
