package dev.maskmap.image;

import dev.maskmap.internal.files.FileMap;
import dev.maskmap.internal.files.Maps;
import dev.maskmap.internal.files.Names;
import dev.maskmap.internal.npy.NpyFormatException;
import dev.maskmap.internal.npy.NpyHeader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/** The files of a store of images, and what can be checked of them in constant time. */
final class ImageFolder {
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Path folder;
  private final ImageManifest manifest;

  ImageFolder(Path folder, ImageManifest manifest) {
    this.folder = folder;
    this.manifest = manifest;
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** Samples of {@code pixels.npy}, by its length. */
  long samples() {
    long bytes = manifest.file(ImageFiles.PIXELS).bytes() - NpyHeader.BYTES;
    return bytes / manifest.type().bytes();
  }

  /** Maps all of it. */
  ImageStore open(Arena arena) throws IOException {
    long n = manifest.images();
    long samples = samples();
    FileMap pixels = map(arena, ImageFiles.PIXELS, manifest.type().descr(), samples);
    MemorySegment shapes = map(arena, ImageFiles.SHAPES, "<i4", n, 2L).map();
    MemorySegment offsets = map(arena, ImageFiles.OFFSETS, "<i8", n + 1).map();
    long end = offsets.get(LONG, offsets.byteSize() - Long.BYTES);
    if (end != samples) {
      throw new ImageFormatException(
          path(ImageFiles.OFFSETS),
          "ends at sample %d, and %s has %d; copy the store again"
              .formatted(end, ImageFiles.PIXELS, samples));
    }
    try (FileChannel crcs = channel(ImageFiles.CRC32)) {
      array(crcs, ImageFiles.CRC32, "<u4", n);
    }
    Names names = new Names(text(arena), map(arena, ImageFiles.NAME_OFFSETS, "<i8", n + 1).map());
    ImageSizes sizes = new ImageSizes.Ragged(folder, shapes, offsets, manifest.channels(), samples);
    ImageStore.Pixel pixel = new ImageStore.Pixel(manifest.type(), manifest.channels(), false);
    return new ImageStore(folder, arena, manifest.id(), pixels, sizes, pixel, names);
  }

  private MemorySegment text(Arena arena) throws IOException {
    try (FileChannel channel = channel(ImageFiles.NAMES)) {
      return Maps.map(channel, path(ImageFiles.NAMES), 0, channel.size(), arena);
    }
  }

  private FileMap map(Arena arena, String name, String descr, Long... shape) throws IOException {
    try (FileChannel channel = channel(name)) {
      long offset = array(channel, name, descr, shape);
      Path file = path(name);
      return new FileMap(file, Maps.map(channel, file, offset, channel.size() - offset, arena));
    }
  }

  /** The channel of a file whose length is the one that the manifest gives. */
  FileChannel channel(String name) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(path(name), StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw new ImageFormatException(path(name), "missing; copy the store again");
    }
    long expected = manifest.file(name).bytes();
    if (channel.size() != expected) {
      long found = channel.size();
      channel.close();
      throw new ImageFormatException(
          path(name),
          "%d bytes, and %s says %d; copy the store again"
              .formatted(found, ImageFiles.MANIFEST, expected));
    }
    return channel;
  }

  /** Checks that a file is the array it should be, and gives the offset of its first element. */
  long array(FileChannel channel, String name, String descr, Long... shape) throws IOException {
    try {
      NpyHeader header = NpyHeader.read(channel, path(name));
      List<Long> expected = Arrays.asList(shape);
      if (!header.descr().equals(descr)
          || header.fortranOrder()
          || !header.shape().equals(expected)) {
        throw new ImageFormatException(
            path(name),
            "an array %s %s, and %s makes it %s %s; copy the store again"
                .formatted(header.descr(), header.shape(), ImageFiles.MANIFEST, descr, expected));
      }
      header.requireDataOnly(path(name), channel.size());
      return header.dataOffset();
    } catch (NpyFormatException e) {
      throw new ImageFormatException(e);
    }
  }
}
