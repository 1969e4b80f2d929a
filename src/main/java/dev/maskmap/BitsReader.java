package dev.maskmap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Plain packed rows: {@code masks.npy}. */
final class BitsReader implements PackedReader {
  private final StoreFolder folder;
  private final Problems problems;
  private final FileChannel channel;
  private final PlacesReader places;
  private final long dataOffset;
  private byte[] rows = new byte[0];
  private long mask;
  private long end;

  private BitsReader(
      StoreFolder folder,
      Problems problems,
      FileChannel channel,
      PlacesReader places,
      long dataOffset) {
    this.folder = folder;
    this.problems = problems;
    this.channel = channel;
    this.places = places;
    this.dataOffset = dataOffset;
  }

  static BitsReader open(StoreFolder folder, Manifest manifest, Problems problems)
      throws IOException {
    FileChannel channel = folder.channel(StoreFiles.MASKS);
    try {
      long offset = dataOffset(folder, manifest, channel);
      return new BitsReader(folder, problems, channel, PlacesReader.open(folder, manifest), offset);
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  private static long dataOffset(StoreFolder folder, Manifest manifest, FileChannel channel)
      throws IOException {
    MaskSize size = manifest.size();
    if (size == null) {
      long all = folder.elements(StoreFiles.MASKS, 1);
      return folder.array(channel, StoreFiles.MASKS, "|u1", all);
    }
    long width = size.width();
    return folder.array(
        channel, StoreFiles.MASKS, "|u1", manifest.masks(), (long) size.packedRows(), width);
  }

  @Override
  public Packed next() throws IOException {
    PlacesReader.Place place = places.next();
    checkPlace(place, channel.size() - dataOffset);
    checkGap(place.start());
    rows = PackedReader.room(rows, place.size(), folder, StoreFiles.MASKS);
    readFully(rows, place.start());
    end = place.start() + rows.length;
    mask++;
    return new Packed(place.size(), rows, rows.length);
  }

  /** Before memory is taken for the mask. */
  private void checkPlace(PlacesReader.Place place, long bytes) throws MaskFormatException {
    if (place.size().bytes() > bytes - place.start()) {
      throw new MaskFormatException(
          folder.path(StoreFiles.MASKS),
          "%d bytes of packed rows; mask %d of %s pixels begins at %d"
              .formatted(bytes, mask, place.size(), place.start()));
    }
  }

  /** Bytes between masks are zero. */
  private void checkGap(long to) throws IOException {
    byte[] gap = new byte[(int) (to - end)];
    readFully(gap, end);
    for (byte b : gap) {
      if (b != 0) {
        problems.add(
            StoreFiles.MASKS,
            "the bytes between mask %d and the one before are not zero".formatted(mask));
        return;
      }
    }
  }

  private void readFully(byte[] dst, long at) throws IOException {
    PackedReader.readFully(
        channel, ByteBuffer.wrap(dst), dataOffset + at, folder, StoreFiles.MASKS);
  }

  @Override
  public void finish() throws IOException {
    places.finish();
    if (dataOffset + end != channel.size()) {
      problems.add(
          StoreFiles.MASKS,
          "%d bytes of packed rows; the last mask ends at %d"
              .formatted(channel.size() - dataOffset, end));
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    places.close();
  }
}
