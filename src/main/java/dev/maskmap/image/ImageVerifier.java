package dev.maskmap.image;

import dev.maskmap.internal.files.FileFormatException;
import dev.maskmap.internal.files.ListedFiles;
import dev.maskmap.internal.files.NameLines;
import dev.maskmap.internal.files.StoreFileReader;
import dev.maskmap.internal.npy.NpyHeader;
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

/** Reads a store of images from the first byte to the last and notes what does not agree. */
final class ImageVerifier {
  private static final int BLOCK = 1 << 20;

  private final ImageManifest manifest;
  private final ImageFolder folder;
  private final ListedFiles files;
  private final LongConsumer imagesDone;
  private final List<String> problems = new ArrayList<>();
  private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
  private long images;
  private long bytes;

  ImageVerifier(Path store, ImageManifest manifest, LongConsumer imagesDone) {
    this.manifest = manifest;
    this.folder = new ImageFolder(store, manifest);
    files = folder.files();
    this.imagesDone = imagesDone;
  }

  ImageVerification run() throws IOException {
    checkIndexFiles();
    // The images are held against the index files, so those must be sound.
    if (problems.isEmpty()) {
      try {
        checkNames();
        checkImages();
      } catch (ImageFormatException | FileFormatException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    return new ImageVerification(images, bytes, problems);
  }

  private void problem(String file, String what) {
    problems.add(files.path(file) + ": " + what);
  }

  private boolean tooMany() {
    return problems.size() >= ImageVerification.MAX_PROBLEMS;
  }

  private void checkIndexFiles() throws IOException {
    MessageDigest digest =
        ImageManifest.beginId(manifest.images(), manifest.type(), manifest.channels());
    for (String name : ImageFiles.INDEX) {
      checkFile(name, digest);
    }
    if (problems.isEmpty() && !ImageManifest.id(digest).equals(manifest.id())) {
      problem(
          ImageFiles.MANIFEST,
          "the id %s does not belong to this content".formatted(manifest.id()));
    }
  }

  private void checkFile(String name, MessageDigest digest) throws IOException {
    try (FileChannel channel = files.channel(name)) {
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
    } catch (ImageFormatException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  private void checkNames() throws IOException {
    NameLines lines = new NameLines(ImageFiles.NAMES, ImageFiles.NAME_OFFSETS, "image", problems());
    long n = manifest.images();
    try (FileChannel text = files.channel(ImageFiles.NAMES);
        StoreFileReader offsets = files.reader(ImageFiles.NAME_OFFSETS, "<i8", n + 1)) {
      lines.check(text, offsets, n);
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

  private void checkImages() throws IOException {
    long n = manifest.images();
    long sampleBytes = manifest.type().bytes();
    try (FileChannel pixels = files.channel(ImageFiles.PIXELS);
        StoreFileReader shapes = files.reader(ImageFiles.SHAPES, "<i4", n, 2L);
        StoreFileReader starts = files.reader(ImageFiles.OFFSETS, "<i8", n + 1);
        StoreFileReader crcs = files.reader(ImageFiles.CRC32, "<u4", n)) {
      files.array(pixels, ImageFiles.PIXELS, manifest.type().descr(), folder.samples());
      long end = 0;
      for (long i = 0; i < n && !tooMany(); i++) {
        long length = length(i, side(shapes), side(shapes));
        long start = Math.ceilDiv(end, ImageStoreWriter.ALIGNMENT) * ImageStoreWriter.ALIGNMENT;
        checkPlace(i, starts.nextLong(), start / sampleBytes);
        end = start + length;
        checkImage(i, pixels, start, length, crcs.nextUnsignedInt());
        imagesDone.accept(++images);
      }
      if (!tooMany()) {
        checkPlace(n, starts.nextLong(), end / sampleBytes);
      }
    }
  }

  private static int side(StoreFileReader shapes) throws IOException {
    return (int) shapes.nextUnsignedInt();
  }

  private long length(long image, int height, int width) throws ImageFormatException {
    if (height < 1 || width < 1) {
      throw new ImageFormatException(
          files.path(ImageFiles.SHAPES),
          "image %d is %dx%d; expected sides of 1 or more".formatted(image, height, width));
    }
    if ((long) height * width > folder.samples() / manifest.channels()) {
      throw new ImageFormatException(
          files.path(ImageFiles.SHAPES),
          "image %d is %dx%d, more than all of %s"
              .formatted(image, height, width, ImageFiles.PIXELS));
    }
    return (long) height * width * manifest.channels() * manifest.type().bytes();
  }

  private void checkPlace(long entry, long found, long expected) throws ImageFormatException {
    if (found != expected) {
      throw new ImageFormatException(
          files.path(ImageFiles.OFFSETS),
          "entry %d is sample %d; expected sample %d".formatted(entry, found, expected));
    }
  }

  private void checkImage(long image, FileChannel pixels, long start, long length, long expected)
      throws IOException {
    CRC32 crc = new CRC32();
    long at = NpyHeader.BYTES + start;
    for (long left = length; left > 0; ) {
      block.clear().limit((int) Math.min(BLOCK, left));
      int n = pixels.read(block, at);
      if (n <= 0) {
        throw new ImageFormatException(
            files.path(ImageFiles.PIXELS),
            "ends in image %d; copy the store again".formatted(image));
      }
      crc.update(block.flip());
      at += n;
      left -= n;
      bytes += n;
    }
    if (crc.getValue() != expected) {
      problem(
          ImageFiles.PIXELS,
          "image %d is damaged: its CRC-32 is %d and should be %d"
              .formatted(image, crc.getValue(), expected));
    }
  }
}
