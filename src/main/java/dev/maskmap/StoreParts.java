package dev.maskmap;

import dev.maskmap.internal.kernel.Kernel;
import dev.maskmap.internal.kernel.Kernels;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.zip.CRC32;

/** All files of a store under way: every mask goes to each of them. */
final class StoreParts implements AutoCloseable {
  private static final int ID_DIGITS = 32;

  private final Path folder;
  private final Geometry one;
  private final List<StoreFileWriter> open = new ArrayList<>();
  private final StoreFileWriter masks;
  private final StoreFileWriter foreground;
  private final StoreFileWriter areas;
  private final StoreFileWriter crcs;
  private final StoreFileWriter names;
  private final StoreFileWriter nameOffsets;
  private long count;
  private long area;
  private long nameBytes;

  private StoreParts(Path folder, Geometry one) throws IOException {
    this.folder = folder;
    this.one = one;
    masks = add(StoreFileWriter.array(folder.resolve(StoreFiles.MASKS)));
    foreground = add(StoreFileWriter.array(folder.resolve(StoreFiles.FOREGROUND)));
    areas = add(StoreFileWriter.array(folder.resolve(StoreFiles.AREAS)));
    crcs = add(StoreFileWriter.array(folder.resolve(StoreFiles.CRC32)));
    names = add(StoreFileWriter.plain(folder.resolve(StoreFiles.NAMES)));
    nameOffsets = add(StoreFileWriter.array(folder.resolve(StoreFiles.NAME_OFFSETS)));
  }

  /**
   * Begins the files in an empty folder.
   *
   * @param one the size of every mask
   */
  static StoreParts create(Path folder, Geometry one) throws IOException {
    StoreParts parts = new StoreParts(folder, one);
    parts.areas.writeLong(0);
    parts.nameOffsets.writeLong(0);
    return parts;
  }

  private StoreFileWriter add(StoreFileWriter writer) {
    open.add(writer);
    return writer;
  }

  /** Appends a mask; {@code packed} is native memory whose bits past the height are zero. */
  void append(byte[] name, MemorySegment packed) throws IOException {
    ByteBuffer bytes = packed.asByteBuffer();
    CRC32 crc = new CRC32();
    crc.update(bytes);
    masks.write(bytes.rewind());
    crcs.writeInt((int) crc.getValue());
    area += appendForeground(packed);
    areas.writeLong(area);
    names.write(ByteBuffer.wrap(name));
    names.write(ByteBuffer.wrap(new byte[] {'\n'}));
    nameBytes += name.length + 1;
    nameOffsets.writeLong(nameBytes);
    count++;
  }

  private long appendForeground(MemorySegment packed) throws IOException {
    Kernel kernel = Kernels.get();
    int width = one.width();
    long sum = 0;
    for (int r = 0; r < one.packedRows(); r++) {
      sum += kernel.count(packed, (long) r * width, width, 0, 8, width);
      if (one.countBytes() == Integer.BYTES) {
        foreground.writeInt((int) sum);
      } else {
        foreground.writeLong(sum);
      }
    }
    return sum;
  }

  /** Completes all files and writes the manifest, last. */
  Manifest finish() throws IOException {
    masks.finish("|u1", count, one.packedRows(), one.width());
    foreground.finish(one.countType(), count, one.packedRows());
    areas.finish("<i8", count + 1);
    crcs.finish("<u4", count);
    names.finish();
    nameOffsets.finish("<i8", count + 1);
    Geometry geometry = new Geometry(count, one.height(), one.width());
    MessageDigest digest = idDigest(geometry);
    Map<String, Manifest.FileEntry> files = new LinkedHashMap<>();
    files.put(StoreFiles.MASKS, new Manifest.FileEntry(masks.size(), OptionalLong.empty()));
    files.put(StoreFiles.FOREGROUND, entry(foreground, digest));
    files.put(StoreFiles.AREAS, entry(areas, digest));
    files.put(StoreFiles.CRC32, entry(crcs, digest));
    files.put(StoreFiles.NAMES, entry(names, digest));
    files.put(StoreFiles.NAME_OFFSETS, entry(nameOffsets, digest));
    Manifest manifest = new Manifest(id(digest), geometry, files);
    try (StoreFileWriter file = StoreFileWriter.plain(folder.resolve(StoreFiles.MANIFEST))) {
      file.write(ByteBuffer.wrap(manifest.encode()));
      file.finish();
    }
    return manifest;
  }

  private static Manifest.FileEntry entry(StoreFileWriter file, MessageDigest digest)
      throws IOException {
    return new Manifest.FileEntry(file.size(), OptionalLong.of(file.checksum(digest)));
  }

  /** The digest whose first digits are a store's id: of its size and of all its index files. */
  static MessageDigest idDigest(Geometry geometry) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String line =
          "maskmap %d %s %d %d %d\n"
              .formatted(
                  Manifest.FORMAT,
                  Manifest.LAYOUT,
                  geometry.masks(),
                  geometry.height(),
                  geometry.width());
      digest.update(line.getBytes(StandardCharsets.US_ASCII));
      return digest;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static String id(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest()).substring(0, ID_DIGITS);
  }

  @Override
  public void close() throws IOException {
    for (StoreFileWriter writer : open) {
      writer.close();
    }
  }
}
