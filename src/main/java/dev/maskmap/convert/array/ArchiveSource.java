package dev.maskmap.convert.array;

import dev.maskmap.convert.array.ArrayItems.Array;
import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.MaskSource;
import dev.maskmap.internal.npy.NpyBytes;
import dev.maskmap.internal.npy.NpyHeader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The masks of a NPZ archive, member by member in the order of its directory: a ZIP archive of NPY
 * files, as {@code numpy.savez} and {@code numpy.savez_compressed} write them.
 */
final class ArchiveSource implements MaskSource {
  private final Path path;
  private final ArrayFormat format;
  private final FileChannel channel;
  private final ZipDirectory directory;
  private String origin;
  private @Nullable ArrayItems current;
  private boolean ended;

  private ArchiveSource(
      Path path, ArrayFormat format, FileChannel channel, ZipDirectory directory) {
    this.path = path;
    this.format = format;
    this.channel = channel;
    this.directory = directory;
    this.origin = path.toString();
  }

  /**
   * Opens an archive.
   *
   * @throws IOException if it is damaged; without the origin
   */
  static ArchiveSource open(MaskFile file, ArrayFormat format) throws IOException {
    FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ);
    try {
      return new ArchiveSource(file.path(), format, channel, ZipDirectory.open(channel));
    } catch (Throwable e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public @Nullable MaskItem next() throws IOException {
    try {
      MaskItem item = ended ? null : advance();
      ended = item == null;
      return item;
    } catch (IOException e) {
      ended = true;
      throw Refusal.at(origin, e);
    } catch (OutOfMemoryError e) {
      ended = true;
      throw Refusal.at(origin, e);
    }
  }

  private @Nullable MaskItem advance() throws IOException {
    while (true) {
      MaskItem item = current == null ? null : current.next();
      if (item != null) {
        return item;
      }
      closeCurrent();
      origin = path.toString();
      ZipMember member = directory.next();
      if (member == null) {
        return null;
      }
      if (!member.isFolder()) {
        MaskItem refused = begin(member);
        if (refused != null) {
          return refused;
        }
      }
    }
  }

  /** Makes the items of a member the current ones, or returns one that says why there are none. */
  private @Nullable MaskItem begin(ZipMember member) {
    String name = MemberNames.ofMask(member.name());
    origin = path + ": " + Refusal.shown(name);
    try {
      MemberNames.check(name);
      member.check();
      ArrayPlan plan = ArrayPlan.of(header(member), format);
      checkEnd(plan, member);
      current =
          new ArrayItems(
              new Array(
                  name,
                  origin,
                  member.packedBytes(),
                  plan,
                  () -> MemberBytes.open(path, member),
                  true,
                  ""));
      return null;
    } catch (IOException e) {
      return ArrayItem.refused(name, origin, member.packedBytes(), e);
    }
  }

  private NpyHeader header(ZipMember member) throws IOException {
    try (MemberBytes bytes = MemberBytes.open(path, member)) {
      return NpyHeader.read(new Head(bytes, member.bytes()), origin);
    }
  }

  private static void checkEnd(ArrayPlan plan, ZipMember member) throws Refusal {
    if (plan.end() != member.bytes()) {
      throw new Refusal(
          "has %d bytes; expected %d, where its array ends".formatted(member.bytes(), plan.end()));
    }
  }

  /** The first bytes of a stream, kept so that they can be asked for again. */
  private static final class Head implements NpyBytes {
    private final Bytes in;
    private final long limit;
    private byte[] head = new byte[0];

    Head(Bytes in, long limit) {
      this.in = in;
      this.limit = limit;
    }

    @Override
    public byte[] upTo(long offset, int length) throws IOException {
      int end = (int) Math.min(offset + length, limit);
      int from = (int) Math.min(offset, end);
      if (end > head.length) {
        int known = head.length;
        head = Arrays.copyOf(head, end);
        in.read(known, head, known, end - known);
      }
      return Arrays.copyOfRange(head, from, end);
    }
  }

  private void closeCurrent() throws IOException {
    if (current != null) {
      current.close();
      current = null;
    }
  }

  @Override
  public void close() throws IOException {
    closeCurrent();
    channel.close();
  }
}
