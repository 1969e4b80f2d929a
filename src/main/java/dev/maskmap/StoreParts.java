package dev.maskmap;

import dev.maskmap.internal.files.StoreFileWriter;
import dev.maskmap.internal.kernel.Runs;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** All files of a store under way: every mask goes to each of them. */
final class StoreParts implements AutoCloseable {
  private final Path folder;
  private final List<Closeable> open;
  private final Map<String, StoreFileWriter> index = new LinkedHashMap<>();
  private Layout layout;
  private RowsWriter rows;
  private final CountsWriter foreground;
  private final StoreFileWriter areas;
  private final StoreFileWriter crcs;
  private final StoreFileWriter names;
  private final StoreFileWriter nameOffsets;
  private long count;
  private long plainBytes;
  private long packedRows;
  private long area;
  private long nameBytes;

  /**
   * @param open gets every file that is opened, so that the caller can close those of a failure
   */
  private StoreParts(Path folder, Layout layout, List<Closeable> open) throws IOException {
    this.folder = folder;
    this.open = open;
    this.layout = layout;
    rows = add(RowsWriter.create(layout, folder));
    foreground = add(new CountsWriter(folder));
    areas = add(StoreFileWriter.array(folder.resolve(StoreFiles.AREAS)));
    crcs = add(StoreFileWriter.array(folder.resolve(StoreFiles.CRC32)));
    names = add(StoreFileWriter.plain(folder.resolve(StoreFiles.NAMES)));
    nameOffsets = add(StoreFileWriter.array(folder.resolve(StoreFiles.NAME_OFFSETS)));
  }

  /** Begins the files in an empty folder. */
  static StoreParts create(Path folder, Layout layout) throws IOException {
    List<Closeable> open = new ArrayList<>();
    try {
      StoreParts parts = new StoreParts(folder, layout, open);
      parts.areas.writeLong(0);
      parts.nameOffsets.writeLong(0);
      return parts;
    } catch (IOException | RuntimeException | Error e) {
      closeAll(open);
      throw e;
    }
  }

  private <T extends Closeable> T add(T writer) {
    open.add(writer);
    return writer;
  }

  /** Appends a packed mask, whose bits past the height are zero. */
  void append(byte[] name, MaskSize size, byte[] packed) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(packed);
    rows.append(size, packed);
    plainBytes += packed.length;
    packedRows += size.packedRows();
    crcs.writeInt((int) crc.getValue());
    area += foreground.append(size, packed);
    areas.writeLong(area);
    names.writeLine(name);
    nameBytes += name.length + 1;
    nameOffsets.writeLong(nameBytes);
    count++;
  }

  /** The size of all masks so far, or null where they differ. */
  @Nullable MaskSize uniformSize() {
    return rows.uniformSize();
  }

  /**
   * Completes all files and writes the manifest, last.
   *
   * @param smallRunsOnly whether runs that do not pay are written again as bits
   */
  Manifest finish(boolean smallRunsOnly) throws IOException {
    MaskSize size = uniformSize();
    index.put(StoreFiles.FOREGROUND, foreground.finish(count, size != null));
    areas.finish("<i8", count + 1);
    index.put(StoreFiles.AREAS, areas);
    crcs.finish("<u4", count);
    index.put(StoreFiles.CRC32, crcs);
    names.finish();
    index.put(StoreFiles.NAMES, names);
    nameOffsets.finish("<i8", count + 1);
    index.put(StoreFiles.NAME_OFFSETS, nameOffsets);
    rows.finish(index);
    if (smallRunsOnly && layout == Layout.RUNS && !runsPay()) {
      becomeBits(size);
    }
    Manifest manifest = manifest(size);
    try (StoreFileWriter file = StoreFileWriter.plain(folder.resolve(StoreFiles.MANIFEST))) {
      file.write(ByteBuffer.wrap(manifest.encode()));
      file.finish();
    }
    return manifest;
  }

  private boolean runsPay() throws IOException {
    return Runs.pay(rows.fileBytes() - StoreFileWriter.HEADER, packedRows, plainBytes);
  }

  private void becomeBits(@Nullable MaskSize size) throws IOException {
    Manifest runs = manifest(size);
    List<String> files = new ArrayList<>(List.of(Layout.RUNS.file()));
    files.addAll(Manifest.indexFiles(Layout.RUNS, size == null));
    files.removeAll(Manifest.FILES);
    rows.close();
    rows = RunsToBits.run(folder, runs, files, () -> add(new BitsWriter(folder)));
    layout = Layout.BITS;
    index.keySet().removeAll(files);
    rows.finish(index);
  }

  private Manifest manifest(@Nullable MaskSize size) throws IOException {
    MessageDigest digest = StoreId.begin(layout, count, size);
    Map<String, Manifest.FileEntry> files = new LinkedHashMap<>();
    files.put(layout.file(), new Manifest.FileEntry(rows.fileBytes(), OptionalLong.empty()));
    for (String name : Manifest.indexFiles(layout, size == null)) {
      StoreFileWriter file = index.get(name);
      if (file != null) {
        OptionalLong crc = OptionalLong.of(file.checksum(digest));
        files.put(name, new Manifest.FileEntry(file.size(), crc));
      }
    }
    return new Manifest(StoreId.digits(digest), layout, count, size, files);
  }

  @Override
  public void close() throws IOException {
    closeAll(open);
  }

  /** Closes all of them, even where one fails. */
  private static void closeAll(List<Closeable> files) throws IOException {
    IOException failure = null;
    for (Closeable file : files) {
      try {
        file.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
