package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.Verification;
import dev.maskmap.image.ImageStore;
import dev.maskmap.image.ImageVerification;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code maskmap verify}. */
@Command(
    name = "verify",
    sortOptions = false,
    description = {
      "Read every byte of a store and compare it with its checksums and sums.",
      "",
      "Prints one line for each problem and exits with 1, or one line that says it is sound.",
      ""
    })
final class VerifyCommand implements Callable<Integer> {
  private static final int MAX_LINES = 20;

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "STORE", description = StoreArgument.DESCRIPTION)
  Path path = Path.of("");

  @Mixin final KernelOption kernel = new KernelOption();

  @Mixin final CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws IOException {
    if (ImageStore.isStore(path)) {
      return images();
    }
    kernel.choose();
    Verification verification;
    try (ProgressLine progress = ProgressLine.start("verifying", "masks", masks(), false)) {
      verification = Verification.of(path, progress::to);
    }
    PrintWriter out = spec.commandLine().getOut();
    List<String> problems = verification.problems();
    if (problems.isEmpty() && !MaskStore.isStore(path)) {
      out.printf(
          Locale.ROOT,
          "%s: an array of %,d mask%s, without checksums: its header and its length are right%n",
          path,
          verification.masks(),
          verification.masks() == 1 ? "" : "s");
      return 0;
    }
    if (problems.isEmpty()) {
      out.printf(
          Locale.ROOT,
          "%s: sound: %,d mask%s, %,d bytes checked%n",
          path,
          verification.masks(),
          verification.masks() == 1 ? "" : "s",
          verification.bytes());
      return 0;
    }
    return print(problems);
  }

  private int print(List<String> problems) {
    PrintWriter out = spec.commandLine().getOut();
    problems.stream().limit(MAX_LINES).map(Failures::oneLine).forEach(out::println);
    if (problems.size() > MAX_LINES) {
      out.println("and %d more".formatted(problems.size() - MAX_LINES));
    }
    return 1;
  }

  private int images() throws IOException {
    long images = 0;
    try (ImageStore store = ImageStore.open(path)) {
      images = store.size();
    } catch (IOException e) {
      // A store too broken to open is for the verification to report.
    }
    ImageVerification verification;
    try (ProgressLine progress = ProgressLine.start("verifying", "images", images, false)) {
      verification = ImageVerification.of(path, progress::to);
    }
    if (!verification.problems().isEmpty()) {
      return print(verification.problems());
    }
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%s: sound: %,d image%s, %,d bytes checked%n",
            path,
            verification.images(),
            verification.images() == 1 ? "" : "s",
            verification.bytes());
    return 0;
  }

  /** How far the bar goes; a store too broken to open is for the verification to report. */
  private long masks() {
    try (MaskStore store = MaskStore.open(path)) {
      return store.size();
    } catch (IOException e) {
      return 0;
    }
  }
}
