package dev.maskmap.cli;

import dev.maskmap.convert.export.MaskExport;
import dev.maskmap.convert.export.MaskFormat;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** What an export writes, and where. */
sealed interface ExportTarget {
  /** The folder or file that is written. */
  Path path();

  /** What the user calls the kind of file. */
  String kind();

  /**
   * Refuses a place that cannot be written, before the work is done rather than after.
   *
   * @throws IOException if it exists and {@code overwrite} is false, or cannot be made
   */
  void check(boolean overwrite) throws IOException;

  /**
   * Writes it, as a whole or not at all.
   *
   * @return bytes written
   */
  long write(MaskExport export, boolean overwrite) throws IOException, InterruptedException;

  /** A file for each mask. */
  record Folder(Path path, MaskFormat format) implements ExportTarget {
    @Override
    public String kind() {
      return format.label();
    }

    @Override
    public void check(boolean overwrite) throws IOException {
      MaskExport.checkFolder(path, overwrite);
    }

    @Override
    public long write(MaskExport export, boolean overwrite)
        throws IOException, InterruptedException {
      return export.toFolder(path, format, overwrite);
    }
  }

  /** One file of all masks. */
  record OneFile(Path path, String kind, Content content) implements ExportTarget {
    @Override
    public void check(boolean overwrite) throws IOException {
      OutputFile.check(path, overwrite);
    }

    @Override
    public long write(MaskExport export, boolean overwrite) throws IOException {
      OutputFile.write(path, overwrite, channel -> content.write(export, channel));
      return OutputFile.isDevice(path) ? 0 : Files.size(path);
    }
  }

  /** Which of the documents. */
  @FunctionalInterface
  interface Content {
    void write(MaskExport export, FileChannel channel) throws IOException;
  }

  /** The zip file of arrays. */
  static ExportTarget archive(Path file, MaskFormat members) {
    return new OneFile(
        file, "a zip file of " + members.label(), (export, to) -> export.toArchive(to, members));
  }

  /** One array of all masks. */
  static ExportTarget array(Path file, MaskFormat format) {
    return new OneFile(
        file, "one " + format.label() + " array", (export, to) -> export.toArray(to, format));
  }

  /** One annotation document. */
  static ExportTarget coco(Path file) {
    return new OneFile(file, "COCO run-length encoding", MaskExport::toCoco);
  }
}
