package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.image.ImageStore;
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
      description =
          "Say what runs here: Java, processor, vectors, kernel, hints; of a store, how much of it"
              + " is in memory. Needs no store.")
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
    Map<String, Object> systemMembers = new LinkedHashMap<>();
    if (store != null) {
      addStore(store, members, systemMembers);
    }
    if (system) {
      SystemFacts facts = SystemFacts.ofThisProcess();
      systemMembers.putAll(facts.json());
      members.put("system", systemMembers);
      print(out, facts.text());
    }
    if (json) {
      out.println(Json.write(members));
    }
    return 0;
  }

  private void addStore(Path store, Map<String, Object> members, Map<String, Object> systemMembers)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (ImageStore.isStore(store)) {
      ImageFacts facts = ImageFacts.of(store);
      members.putAll(facts.json());
      print(out, facts.text());
      return;
    }
    String kernel = system ? Kernels.get().name() : KernelOption.expected();
    if (!system) {
      KernelOption.preferScalar();
    }
    try (MaskStore open = shape.open(store)) {
      // Before the facts, which read some of the store.
      MemoryFacts memory = system ? MemoryFacts.of(open) : null;
      StoreFacts facts = StoreFacts.of(open, kernel);
      members.putAll(facts.json());
      print(out, facts.text());
      if (memory != null) {
        systemMembers.putAll(memory.json());
        print(out, memory.text());
      }
    }
  }

  private void list(Path store) throws IOException {
    if (ImageStore.isStore(store)) {
      ImageFacts.list(store, spec.commandLine().getOut());
      return;
    }
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
