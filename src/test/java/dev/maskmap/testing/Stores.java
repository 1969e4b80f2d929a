package dev.maskmap.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.maskmap.Layout;
import dev.maskmap.MaskStoreWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Stores and bare arrays for tests, and ways to break them. */
public final class Stores {
  private Stores() {}

  /** A committed store of {@code masks}, named m0, m1 and so on. */
  public static Path write(Path store, List<Pixels> masks) throws IOException {
    Pixels first = masks.getFirst();
    try (MaskStoreWriter writer = MaskStoreWriter.create(store, first.height(), first.width())) {
      for (int i = 0; i < masks.size(); i++) {
        add(writer, "m" + i, masks.get(i));
      }
      writer.commit();
    }
    return store;
  }

  /** The same from a writer that is not told their size, half of the masks packed beforehand. */
  public static Path writeAny(Path store, List<Pixels> masks) throws IOException {
    try (MaskStoreWriter writer = MaskStoreWriter.create(store)) {
      for (int i = 0; i < masks.size(); i++) {
        Pixels mask = masks.get(i);
        MemorySegment packed = MemorySegment.ofArray(mask.packed());
        MemorySegment pixels = MemorySegment.ofArray(mask.bytes());
        if (i % 2 == 0) {
          writer.add("m" + i, mask.height(), mask.width(), pixels, mask.width());
        } else {
          writer.addPacked("m" + i, mask.height(), mask.width(), packed);
        }
      }
      writer.commit();
    }
    return store;
  }

  /** The same in a layout. */
  public static Path write(Path store, Layout layout, List<Pixels> masks) throws IOException {
    try (MaskStoreWriter writer = MaskStoreWriter.create(store, layout)) {
      for (int i = 0; i < masks.size(); i++) {
        addAny(writer, "m" + i, masks.get(i));
      }
      writer.commit();
    }
    return store;
  }

  /** Adds a mask of any size. */
  public static void addAny(MaskStoreWriter writer, String name, Pixels mask) throws IOException {
    MemorySegment pixels = MemorySegment.ofArray(mask.bytes());
    writer.add(name, mask.height(), mask.width(), pixels, mask.width());
  }

  /** A committed store of one mask, named m0. */
  public static Path write(Path store, Pixels mask) throws IOException {
    return write(store, List.of(mask));
  }

  /** Adds a mask from bytes without gaps. */
  public static void add(MaskStoreWriter writer, String name, Pixels mask) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      writer.add(name, copy(mask.bytes(), arena), mask.width());
    }
  }

  /** A native copy. */
  public static MemorySegment copy(byte[] bytes, Arena arena) {
    MemorySegment segment = arena.allocate(bytes.length);
    MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return segment;
  }

  /** A NPY file with this header text, padded as NumPy does, and these data. */
  public static Path npy(Path file, String dict, byte[] data) throws IOException {
    byte[] header = header(dict);
    byte[] all = new byte[header.length + data.length];
    System.arraycopy(header, 0, all, 0, header.length);
    System.arraycopy(data, 0, all, header.length, data.length);
    return Files.write(file, all);
  }

  /** The |u1, C-ordered NPY file of this shape. */
  public static Path npy(Path file, byte[] data, long... shape) throws IOException {
    return npy(file, dict("|u1", false, shape), data);
  }

  /** The text of a header. */
  public static String dict(String descr, boolean fortran, long... shape) {
    StringBuilder text = new StringBuilder();
    for (long n : shape) {
      text.append(n).append(", ");
    }
    return "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }"
        .formatted(descr, fortran ? "True" : "False", text.toString().strip());
  }

  /** The magic, version, length and text of a NPY header: 128 bytes. */
  public static byte[] header(String dict) {
    ByteBuffer header = ByteBuffer.allocate(128);
    header.put((byte) 0x93).put("NUMPY".getBytes(UTF_8)).put((byte) 1).put((byte) 0);
    header.put((byte) 118).put((byte) 0).put(dict.getBytes(UTF_8));
    while (header.remaining() > 1) {
      header.put((byte) ' ');
    }
    return header.put((byte) '\n').array();
  }

  /** Rewrites members of a manifest, and its checksum with them. */
  public static void editManifest(Path store, String regex, String replacement) throws IOException {
    Path file = store.resolve("maskmap.json");
    String text = Files.readString(file, UTF_8);
    String changed = text.replaceFirst(regex, replacement);
    if (changed.equals(text)) {
      throw new AssertionError(regex + " is not in " + text);
    }
    String covered = changed.substring(0, changed.lastIndexOf("\"crc32\""));
    CRC32 crc = new CRC32();
    crc.update(covered.getBytes(UTF_8));
    Files.writeString(file, covered + "\"crc32\": " + crc.getValue() + "}\n", UTF_8);
  }

  /** Inverts one bit of a file. */
  public static void flip(Path file, long at, int bit) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, at);
      one.put(0, (byte) (one.get(0) ^ 1 << bit)).rewind();
      channel.write(one, at);
    }
  }

  /** Cuts a file to {@code bytes}, under whoever has mapped it. */
  public static void truncate(Path file, long bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(bytes);
    }
  }

  /** Names of what lies in a folder, sorted. */
  public static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Deletes a folder and all in it. */
  public static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies a store. */
  public static Path copy(Path store, Path target) throws IOException {
    Files.createDirectory(target);
    for (String name : names(store)) {
      Files.copy(store.resolve(name), target.resolve(name));
    }
    return target;
  }
}
