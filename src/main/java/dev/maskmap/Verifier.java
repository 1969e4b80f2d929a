package dev.maskmap;

import dev.maskmap.internal.files.FileFormatException;
import dev.maskmap.internal.files.NameLines;
import dev.maskmap.internal.files.StoreFileReader;
import dev.maskmap.internal.kernel.Kernels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.zip.CRC32;

/** Reads a store from the first byte to the last and notes what does not agree. */
final class Verifier {
  private static final int BLOCK = 1 << 20;

  private final Manifest manifest;
  private final StoreFolder folder;
  private final LongConsumer masksDone;
  private final List<String> problems = new ArrayList<>();
  private long masks;
  private long bytes;

  Verifier(Path store, Manifest manifest, LongConsumer masksDone) {
    this.manifest = manifest;
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

  private void problem(String file, String what) {
    problems.add(folder.path(file) + ": " + what);
  }

  private boolean tooMany() {
    return problems.size() >= Verification.MAX_PROBLEMS;
  }

  private void checkIndexFiles() throws IOException {
    MessageDigest digest = StoreId.begin(manifest.layout(), manifest.masks(), manifest.size());
    for (String name : manifest.indexFiles()) {
      checkFile(name, digest);
    }
    if (problems.isEmpty() && !StoreId.digits(digest).equals(manifest.id())) {
      problem(
          StoreFiles.MANIFEST,
          "the id %s does not belong to this content".formatted(manifest.id()));
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
            "damaged: its CRC-32 is %d and should be %d"
                .formatted(crc.getValue(), expected.getAsLong()));
      }
    } catch (MaskFormatException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  private void checkNames() throws IOException {
    long n = manifest.masks();
    NameLines lines = new NameLines(StoreFiles.NAMES, StoreFiles.NAME_OFFSETS, "mask", problems());
    try (FileChannel text = folder.channel(StoreFiles.NAMES);
        StoreFileReader offsets = folder.reader(StoreFiles.NAME_OFFSETS, "<i8", n + 1)) {
      lines.check(text, offsets, n);
    } catch (MaskFormatException | FileFormatException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  private NameLines.Problems problems() {
    return new NameLines.Problems() {
      @Override
      public void add(String file, String what) {
        problem(file, what);
      }

      @Override
      public boolean isFull() {
        return tooMany();
      }
    };
  }

  private void checkMasks() throws IOException {
    long n = manifest.masks();
    try (PackedReader reader = PackedReader.open(folder, manifest, this::problem);
        StoreFileReader crcs = folder.reader(StoreFiles.CRC32, "<u4", n);
        StoreFileReader areas = folder.reader(StoreFiles.AREAS, "<i8", n + 1);
        CountsReader counts = CountsReader.open(folder, manifest)) {
      long area = areas.nextLong();
      for (long i = 0; i < n && !tooMany(); i++) {
        PackedReader.Packed mask = reader.next();
        bytes += mask.fileBytes();
        long next = areas.nextLong();
        checkMask(i, mask.size(), mask.rows(), crcs.nextUnsignedInt(), counts, next - area);
        area = next;
        masksDone.accept(++masks);
      }
      if (!tooMany()) {
        reader.finish();
      }
    } catch (MaskFormatException | FileFormatException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  private void checkMask(
      long mask, MaskSize size, byte[] packed, long crc, CountsReader counts, long area)
      throws IOException {
    CRC32 found = new CRC32();
    found.update(packed);
    if (found.getValue() != crc) {
      problem(
          manifest.layout().file(),
          "mask %d is damaged: its CRC-32 is %d and should be %d"
              .formatted(mask, found.getValue(), crc));
    }
    int width = size.width();
    long sum = 0;
    long firstWrong = -1;
    for (int r = 0; r < size.packedRows(); r++) {
      sum += Kernels.count(packed, r * width, width);
      long noted = counts.next();
      firstWrong = firstWrong < 0 && noted != sum ? r : firstWrong;
    }
    if (firstWrong >= 0) {
      problem(
          StoreFiles.FOREGROUND,
          "mask %d: wrong from packed row %d on".formatted(mask, firstWrong));
    }
    if (sum != area) {
      problem(
          StoreFiles.AREAS,
          "mask %d has %d foreground pixels, and not %d".formatted(mask, sum, area));
    }
    int padded = size.paddedByte(packed);
    if (padded >= 0) {
      problem(
          manifest.layout().file(),
          "mask %d: packed byte %d has bits past the height".formatted(mask, padded));
    }
  }
}
