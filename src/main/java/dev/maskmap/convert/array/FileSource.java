package dev.maskmap.convert.array;

import dev.maskmap.convert.array.ArrayFormat.Headerless;
import dev.maskmap.convert.array.ArrayItems.Array;
import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.MaskSource;
import dev.maskmap.internal.npy.NpyHeader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The masks of a file that is one array. It keeps no file open: each item opens it by itself. */
final class FileSource implements MaskSource {
  private final String origin;
  private final ArrayItems items;

  private FileSource(MaskFile file, ArrayPlan plan, long bytes, String note) {
    Path path = file.path();
    this.origin = path.toString();
    this.items =
        new ArrayItems(
            new Array(file.name(), origin, bytes, plan, () -> FileBytes.open(path), false, note));
  }

  /**
   * Opens a NPY file. Bytes behind the array are not read, as NumPy does not read them, and noted.
   *
   * @throws IOException if it is none, is cut short, or does not hold masks; without the origin
   *     unless the header itself is broken
   */
  static FileSource npy(MaskFile file, FileChannel channel, ArrayFormat format) throws IOException {
    NpyHeader header = NpyHeader.read(channel, file.path());
    ArrayPlan plan = ArrayPlan.of(header, format);
    header.requireData(file.path(), channel.size());
    String note =
        channel.size() > plan.end()
            ? "the file goes on behind its array, and that is not read (several arrays in one"
                + " file? save them as .npz)"
            : "";
    return new FileSource(file, plan, channel.size(), note);
  }

  /**
   * Opens a file without header.
   *
   * @throws IOException if its length is not what its masks take; without the origin
   */
  static FileSource headerless(
      MaskFile file, FileChannel channel, Headerless content, ArrayFormat format)
      throws IOException {
    ArrayPlan plan = ArrayPlan.of(content, format);
    if (channel.size() != plan.end()) {
      throw new Refusal(
          "%d bytes; expected %d: %d masks of %d bytes (%d x %d, %s%s)%s"
              .formatted(
                  channel.size(),
                  plan.end(),
                  plan.grid().masks(),
                  plan.maskBytes(),
                  content.height(),
                  content.width(),
                  plan.packing() == null
                      ? ""
                      : "packed " + plan.packing().direction().words() + " in ",
                  plan.type().name(),
                  content.offset() == 0 ? "" : " behind " + content.offset() + " bytes"));
    }
    return new FileSource(file, plan, channel.size(), "");
  }

  @Override
  public @Nullable MaskItem next() throws IOException {
    try {
      return items.next();
    } catch (IOException e) {
      throw Refusal.at(origin, e);
    }
  }

  @Override
  public void close() throws IOException {
    items.close();
  }
}
