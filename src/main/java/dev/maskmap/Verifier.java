package dev.maskmap;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.maskmap.internal.kernel.Kernels;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.zip.CRC32;

/** Reads a store from the first byte to the last and notes what does not agree. */
final class Verifier {
  private static final int BLOCK = 1 << 20;

  private final Manifest manifest;
  private final Geometry geometry;
  private final StoreFolder folder;
  private final LongConsumer masksDone;
  private final List<String> problems = new ArrayList<>();
  private long masks;
  private long bytes;

  Verifier(Path store, Manifest manifest, LongConsumer masksDone) {
    this.manifest = manifest;
    this.geometry = manifest.geometry();
    this.folder = new StoreFolder(store, manifest);
    this.masksDone = masksDone;
  }

  Verification result() {
    return new Verification(masks, bytes, problems);
  }

  void run() throws IOException {
    checkIndexFiles();
    // The masks are held against the index files, so those must be sound.
    if (problems.isEmpty()) {
      checkNames();
      checkMasks();
    }
  }

  /** Notes a problem; false once there are too many to go on. */
  private boolean problem(String file, String format, Object... values) {
    problems.add(folder.path(file) + ": " + format.formatted(values));
    return problems.size() < Verification.MAX_PROBLEMS;
  }

  private void checkIndexFiles() throws IOException {
    MessageDigest digest = StoreParts.idDigest(geometry);
    checkFile(StoreFiles.FOREGROUND, digest);
    checkFile(StoreFiles.AREAS, digest);
    checkFile(StoreFiles.CRC32, digest);
    checkFile(StoreFiles.NAMES, digest);
    checkFile(StoreFiles.NAME_OFFSETS, digest);
    if (problems.isEmpty() && !StoreParts.id(digest).equals(manifest.id())) {
      problem(StoreFiles.MANIFEST, "the id %s does not belong to this content", manifest.id());
    }
  }

  private void checkFile(String name, MessageDigest digest) throws IOException {
    try (FileChannel channel = folder.channel(name)) {
      ByteBuffer block = ByteBuffer.allocate(BLOCK);
      CRC32 crc = new CRC32();
      while (channel.read(block.clear()) > 0) {
        bytes += block.position();
        crc.update(block.flip());
        digest.update(block.rewind());
      }
      OptionalLong expected = manifest.file(name).crc32();
      if (expected.isPresent() && expected.getAsLong() != crc.getValue()) {
        problem(
            name,
            "damaged: its CRC-32 is %d and should be %d",
            crc.getValue(),
            expected.getAsLong());
      }
    } catch (MaskFormatException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  private void checkNames() throws IOException {
    long n = geometry.masks();
    Set<String> seen = new HashSet<>();
    try (FileChannel text = folder.channel(StoreFiles.NAMES);
        StoreFileReader offsets = reader(StoreFiles.NAME_OFFSETS, "<i8", n + 1)) {
      long start = offsets.nextLong();
      if (start != 0) {
        problem(StoreFiles.NAME_OFFSETS, "begins with %d; expected 0", start);
      }
      for (long i = 0; i < n; i++) {
        long end = offsets.nextLong();
        if (end - start < 2 || end - start > MaskNames.MAX_BYTES + 1 || end > text.size()) {
          problem(
              StoreFiles.NAME_OFFSETS, "the name of mask %d lies at bytes %d to %d", i, start, end);
          return;
        }
        if (!checkName(i, name(text, start, end), seen)) {
          return;
        }
        start = end;
      }
      if (start != text.size()) {
        problem(StoreFiles.NAMES, "%d bytes; the last name ends at %d", text.size(), start);
      }
    } catch (MaskFormatException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  private static ByteBuffer name(FileChannel text, long start, long end) throws IOException {
    ByteBuffer name = ByteBuffer.allocate((int) (end - start));
    while (name.hasRemaining() && text.read(name, start + name.position()) > 0) {}
    return name.flip();
  }

  private boolean checkName(long mask, ByteBuffer line, Set<String> seen) {
    if (line.get(line.limit() - 1) != '\n') {
      return problem(StoreFiles.NAMES, "the line of mask %d does not end in a newline", mask);
    }
    line.limit(line.limit() - 1);
    try {
      String name = StandardCharsets.UTF_8.newDecoder().decode(line).toString();
      MaskNames.encode(name);
      return seen.add(name) || problem(StoreFiles.NAMES, "two masks are named %s", name);
    } catch (CharacterCodingException e) {
      return problem(StoreFiles.NAMES, "the name of mask %d is not UTF-8", mask);
    } catch (IllegalArgumentException e) {
      return problem(StoreFiles.NAMES, "mask %d: %s", mask, String.valueOf(e.getMessage()));
    }
  }

  private void checkMasks() throws IOException {
    long n = geometry.masks();
    long packedRows = geometry.packedRows();
    try (FileChannel channel = folder.channel(StoreFiles.MASKS);
        StoreFileReader crcs = reader(StoreFiles.CRC32, "<u4", n);
        StoreFileReader areas = reader(StoreFiles.AREAS, "<i8", n + 1);
        StoreFileReader foreground =
            reader(StoreFiles.FOREGROUND, geometry.countType(), n, packedRows);
        Arena arena = Arena.ofConfined()) {
      long at =
          folder.array(channel, StoreFiles.MASKS, "|u1", n, packedRows, (long) geometry.width());
      MemorySegment packed = arena.allocate(geometry.maskBytes(), 64);
      long area = areas.nextLong();
      for (long i = 0; i < n; i++) {
        readFully(channel, packed, at + i * geometry.maskBytes());
        bytes += geometry.maskBytes();
        long next = areas.nextLong();
        if (!checkMask(i, packed, crcs.nextUnsignedInt(), foreground, next - area)) {
          return;
        }
        area = next;
        masksDone.accept(++masks);
      }
    } catch (MaskFormatException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  private StoreFileReader reader(String name, String descr, Long... shape) throws IOException {
    FileChannel channel = folder.channel(name);
    try {
      return new StoreFileReader(
          channel, folder.path(name), folder.array(channel, name, descr, shape));
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  private void readFully(FileChannel channel, MemorySegment dst, long at) throws IOException {
    long done = 0;
    while (done < dst.byteSize()) {
      ByteBuffer block = dst.asSlice(done, Math.min(BLOCK, dst.byteSize() - done)).asByteBuffer();
      int n = channel.read(block, at + done);
      if (n <= 0) {
        throw new MaskFormatException(folder.path(StoreFiles.MASKS), "cut short while it was read");
      }
      done += n;
    }
  }

  private boolean checkMask(
      long mask, MemorySegment packed, long crc, StoreFileReader foreground, long area)
      throws IOException {
    CRC32 found = new CRC32();
    found.update(packed.asByteBuffer());
    boolean more = true;
    if (found.getValue() != crc) {
      more =
          problem(
              StoreFiles.MASKS,
              "mask %d is damaged: its CRC-32 is %d and should be %d",
              mask,
              found.getValue(),
              crc);
    }
    int width = geometry.width();
    long sum = 0;
    long firstWrong = -1;
    for (int r = 0; r < geometry.packedRows(); r++) {
      sum += Kernels.get().count(packed, (long) r * width, width, 0, 8, width);
      long noted =
          geometry.countBytes() == 4 ? foreground.nextUnsignedInt() : foreground.nextLong();
      firstWrong = firstWrong < 0 && noted != sum ? r : firstWrong;
    }
    if (firstWrong >= 0) {
      more &=
          problem(StoreFiles.FOREGROUND, "mask %d: wrong from packed row %d on", mask, firstWrong);
    }
    if (sum != area) {
      more &=
          problem(
              StoreFiles.AREAS, "mask %d has %d foreground pixels, and not %d", mask, sum, area);
    }
    return more & checkPadding(mask, packed);
  }

  private boolean checkPadding(long mask, MemorySegment packed) {
    for (long i = packed.byteSize() - geometry.width(); i < packed.byteSize(); i++) {
      if ((packed.get(JAVA_BYTE, i) & geometry.paddingMask()) != 0) {
        return problem(
            StoreFiles.MASKS, "mask %d: packed byte %d has bits past the height", mask, i);
      }
    }
    return true;
  }
}
