package dev.maskmap;

import dev.maskmap.internal.files.StoreFileWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The packed rows of a store under way. As long as all masks have one size they lie one behind the
 * other; with the first of another size they move to aligned places, which two more files list.
 */
final class BitsWriter implements RowsWriter {
  private final Path folder;
  private StoreFileWriter masks;
  private @Nullable MaskSize first;
  private @Nullable PlacesWriter places;
  private long count;
  private long packedRows;

  BitsWriter(Path folder) throws IOException {
    this.folder = folder;
    this.masks = StoreFileWriter.array(folder.resolve(StoreFiles.MASKS));
  }

  @Override
  public void append(MaskSize size, byte[] packed) throws IOException {
    if (first == null) {
      first = size;
    } else if (places == null && !size.equals(first)) {
      becomeRagged(first);
    }
    if (places != null) {
      masks.align(RaggedShapes.ALIGNMENT);
      places.add(size, masks.dataBytes(), packedRows);
    }
    masks.write(ByteBuffer.wrap(packed));
    count++;
    packedRows += size.packedRows();
  }

  private void becomeRagged(MaskSize size) throws IOException {
    PlacesWriter listed = new PlacesWriter(folder);
    places = listed;
    if (size.bytes() % RaggedShapes.ALIGNMENT != 0) {
      align(size);
    }
    for (long i = 0; i < count; i++) {
      listed.add(size, i * RaggedShapes.align(size.bytes()), i * size.packedRows());
    }
  }

  /** Copies the masks so far to aligned places, in a new file. */
  private void align(MaskSize size) throws IOException {
    Path file = folder.resolve(StoreFiles.MASKS);
    Path old = folder.resolve(StoreFiles.MASKS + ".old");
    masks.close();
    Files.move(file, old);
    masks = StoreFileWriter.array(file);
    ByteBuffer mask = ByteBuffer.allocate((int) size.bytes());
    try (FileChannel from = FileChannel.open(old, StandardOpenOption.READ)) {
      from.position(StoreFileWriter.HEADER);
      for (long i = 0; i < count; i++) {
        mask.clear();
        while (mask.hasRemaining()) {
          if (from.read(mask) < 0) {
            throw new IOException(StoreFiles.MASKS + ": cut short while it was written");
          }
        }
        masks.align(RaggedShapes.ALIGNMENT);
        masks.write(mask.flip());
      }
    }
    Files.delete(old);
  }

  @Override
  public @Nullable MaskSize uniformSize() {
    return places == null ? first : null;
  }

  @Override
  public void finish(Map<String, StoreFileWriter> index) throws IOException {
    MaskSize size = uniformSize();
    if (size != null) {
      masks.finish("|u1", count, size.packedRows(), size.width());
    } else {
      masks.finish("|u1", masks.dataBytes());
    }
    if (places != null) {
      places.finish(masks.dataBytes(), packedRows, true, index);
    }
  }

  @Override
  public long fileBytes() throws IOException {
    return masks.size();
  }

  @Override
  public void close() throws IOException {
    masks.close();
    if (places != null) {
      places.close();
    }
  }
}
