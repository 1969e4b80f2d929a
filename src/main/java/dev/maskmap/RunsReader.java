package dev.maskmap;

import dev.maskmap.internal.files.StoreFileReader;
import dev.maskmap.internal.kernel.Runs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Packed rows as runs: {@code runs.npy}, with {@code rows.npy} and {@code offsets.npy}. */
final class RunsReader implements PackedReader {
  private final StoreFolder folder;
  private final Problems problems;
  private final FileChannel channel;
  private final StoreFileReader starts;
  private final RunPlacesReader places;
  private final long dataOffset;
  private byte[] rows = new byte[0];
  private byte[] coded = new byte[0];
  private long[] begins = new long[0];
  private long mask;
  private long end;

  private RunsReader(
      StoreFolder folder,
      Problems problems,
      FileChannel channel,
      StoreFileReader starts,
      RunPlacesReader places,
      long dataOffset) {
    this.folder = folder;
    this.problems = problems;
    this.channel = channel;
    this.starts = starts;
    this.places = places;
    this.dataOffset = dataOffset;
  }

  static RunsReader open(StoreFolder folder, Manifest manifest, Problems problems)
      throws IOException {
    FileChannel channel = folder.channel(StoreFiles.RUNS);
    RunPlacesReader places = null;
    try {
      long all = folder.elements(StoreFiles.RUNS, 1);
      long offset = folder.array(channel, StoreFiles.RUNS, "|u1", all);
      MaskSize size = manifest.size();
      long packedRows = size == null ? folder.lastOffset() : manifest.masks() * size.packedRows();
      places = RunPlacesReader.open(folder, manifest);
      StoreFileReader starts = folder.reader(StoreFiles.ROWS, "<u4", packedRows);
      return new RunsReader(folder, problems, channel, starts, places, offset);
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      if (places != null) {
        places.close();
      }
      throw e;
    }
  }

  @Override
  public Packed next() throws IOException {
    RunPlacesReader.Place place = places.next(channel.size() - dataOffset);
    MaskSize size = place.size();
    long bytes = place.end() - place.start();
    if (bytes > size.bytes()) {
      throw new MaskFormatException(
          folder.path(StoreFiles.OFFSETS),
          "mask %d has %d bytes of runs, more than its %d plain ones"
              .formatted(mask, bytes, size.bytes()));
    }
    rows = PackedReader.room(rows, size, folder, StoreFiles.RUNS);
    if (coded.length < bytes) {
      coded = new byte[(int) Math.min(Math.max(bytes, 2L * coded.length), size.bytes())];
    }
    PackedReader.readFully(
        channel,
        ByteBuffer.wrap(coded, 0, (int) bytes),
        dataOffset + place.start(),
        folder,
        StoreFiles.RUNS);
    readStarts(size.packedRows(), bytes);
    for (int r = 0; r < size.packedRows(); r++) {
      decode(r, size.width());
    }
    end = place.end();
    mask++;
    return new Packed(size, rows, bytes);
  }

  private void readStarts(int packedRows, long bytes) throws IOException {
    if (begins.length <= packedRows) {
      begins = new long[packedRows + 1];
    }
    for (int r = 0; r < packedRows; r++) {
      begins[r] = starts.nextUnsignedInt();
    }
    begins[packedRows] = bytes;
    for (int r = 0; r < packedRows; r++) {
      if ((r == 0 && begins[0] != 0) || begins[r] >= begins[r + 1]) {
        throw new MaskFormatException(
            folder.path(StoreFiles.ROWS),
            "packed row %d of mask %d lies at bytes %d to %d"
                .formatted(r, mask, begins[r], begins[r + 1]));
      }
    }
  }

  private void decode(int row, int width) throws IOException {
    int from = (int) begins[row];
    int length = (int) (begins[row + 1] - begins[row]);
    if (!Runs.decode(coded, from, length, width, rows, row * width)) {
      problems.add(
          StoreFiles.RUNS,
          "mask %d is damaged: packed row %d is not what its runs should be".formatted(mask, row));
    }
  }

  @Override
  public void finish() throws IOException {
    if (dataOffset + end != channel.size()) {
      problems.add(
          StoreFiles.RUNS,
          "%d bytes of runs; the last mask ends at %d".formatted(channel.size() - dataOffset, end));
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    starts.close();
    places.close();
  }
}
