package dev.maskmap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

/**
 * Loads the classes that short commands load, in one process: the build runs it to make the class
 * data archive that the launcher starts from.
 */
final class ArchiveTraining {
  private ArchiveTraining() {}

  /** Runs commands, small ones, in a folder of its own that it removes. */
  public static void main(String[] args) throws IOException {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Path folder = Files.createTempDirectory("maskmap-training-");
    Demo demo = new Demo(folder, 2, 0.01, "", nowhere);
    Path store = folder.resolve("demo.masks");
    try {
      Main.run(nowhere, nowhere, "--help");
      Main.run(nowhere, nowhere, "--version");
      Main.run(nowhere, nowhere, "no-such-command");
      demo.run();
      Main.run(nowhere, nowhere, "info", store.toString(), "--json");
      Main.run(nowhere, nowhere, "info", store.toString(), "--list");
      Main.run(nowhere, nowhere, "info", store.toString(), "--no-such-option");
      Main.run(nowhere, nowhere, "show", store.toString());
      Main.run(nowhere, nowhere, "verify", store.toString());
    } catch (InterruptedException | ExecutionException e) {
      throw new IOException(e);
    } finally {
      demo.remove();
    }
  }
}
