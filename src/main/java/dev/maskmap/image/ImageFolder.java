package dev.maskmap.image;

import dev.maskmap.internal.files.FileMap;
import dev.maskmap.internal.files.ListedFiles;
import dev.maskmap.internal.files.Names;
import dev.maskmap.internal.npy.NpyHeader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** The files of a store of images, and what can be checked of them in constant time. */
final class ImageFolder {
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final ImageManifest manifest;
  private final ListedFiles files;

  ImageFolder(Path folder, ImageManifest manifest) {
    this.manifest = manifest;
    files =
        new ListedFiles(
            folder,
            ImageFiles.MANIFEST,
            name -> manifest.file(name).bytes(),
            ImageFormatException::new);
  }

  ListedFiles files() {
    return files;
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
    FileMap pixels = files.map(arena, ImageFiles.PIXELS, manifest.type().descr(), samples);
    MemorySegment shapes = files.map(arena, ImageFiles.SHAPES, "<i4", n, 2L).map();
    MemorySegment offsets = files.map(arena, ImageFiles.OFFSETS, "<i8", n + 1).map();
    long end = offsets.get(LONG, offsets.byteSize() - Long.BYTES);
    if (end != samples) {
      throw new ImageFormatException(
          files.path(ImageFiles.OFFSETS),
          "ends at sample %d, and %s has %d; copy the store again"
              .formatted(end, ImageFiles.PIXELS, samples));
    }
    files.check(ImageFiles.CRC32, "<u4", n);
    MemorySegment text = files.map(arena, ImageFiles.NAMES).map();
    Names names = new Names(text, files.map(arena, ImageFiles.NAME_OFFSETS, "<i8", n + 1).map());
    ImageSizes sizes =
        new ImageSizes.Ragged(files.folder(), shapes, offsets, manifest.channels(), samples);
    ImageStore.Pixel pixel = new ImageStore.Pixel(manifest.type(), manifest.channels(), false);
    return new ImageStore(files.folder(), arena, manifest.id(), pixels, sizes, pixel, names);
  }
}
