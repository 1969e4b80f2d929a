package dev.maskmap.convert.array;

import dev.maskmap.convert.array.ArrayItems.Array;
import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.MaskSource;
import dev.maskmap.internal.npy.NpyBytes;
import dev.maskmap.internal.npy.NpyHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The masks of a NPZ archive, member by member in the order of its directory: a ZIP archive of NPY
 * files, as {@code numpy.savez} and {@code numpy.savez_compressed} write them. Masks are named
 * after their members; where one member of each archive is wanted, after the archive.
 */
final class ArchiveSource implements MaskSource {
  private static final int NAMED = 5;

  private final MaskFile file;
  private final Path path;
  private final ArrayFormat format;
  private final ZipFile zip;
  private final Iterator<? extends ZipEntry> members;
  private String origin;
  private @Nullable ArrayItems current;
  private final List<String> others = new ArrayList<>();
  private boolean found;
  private boolean ended;

  private ArchiveSource(MaskFile file, ArrayFormat format, ZipFile zip) {
    this.file = file;
    this.path = file.path();
    this.format = format;
    this.zip = zip;
    this.members = zip.entries().asIterator();
    this.origin = path.toString();
  }

  /**
   * Opens an archive.
   *
   * @throws IOException if it is damaged; without the origin
   */
  static ArchiveSource open(MaskFile file, ArrayFormat format) throws IOException {
    return new ArchiveSource(file, format, Archive.open(file.path()));
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
      if (!members.hasNext()) {
        requireFound();
        return null;
      }
      ZipEntry member = members.next();
      if (!member.isDirectory() && isWanted(member)) {
        MaskItem refused = begin(member);
        if (refused != null) {
          return refused;
        }
      }
    }
  }

  private boolean isWanted(ZipEntry member) {
    String name = MemberNames.ofMask(member.getName());
    boolean wanted = format.member() == null || name.equals(format.member());
    found |= wanted;
    if (!wanted && others.size() < NAMED) {
      others.add(Refusal.shown(name));
    }
    return wanted;
  }

  private void requireFound() throws Refusal {
    if (format.member() != null && !found) {
      throw new Refusal(
          "no member '%s'; it has: %s%s"
              .formatted(
                  Refusal.shown(format.member()),
                  String.join(", ", others),
                  others.size() < NAMED ? "" : ", and perhaps more"));
    }
  }

  /** Makes the items of a member the current ones, or returns one that says why there are none. */
  private @Nullable MaskItem begin(ZipEntry member) {
    String name = MemberNames.ofMask(member.getName());
    String masks = format.member() == null ? name : file.name();
    origin = path + ": " + Refusal.shown(name);
    try {
      MemberNames.check(name);
      Archive.check(zip, member);
      ArrayPlan plan = ArrayPlan.of(header(member), format);
      checkEnd(plan, member);
      current =
          new ArrayItems(
              new Array(
                  masks,
                  origin,
                  member.getCompressedSize(),
                  plan,
                  () -> MemberBytes.open(path, member),
                  true,
                  ""));
      return null;
    } catch (IOException e) {
      return ArrayItem.refused(masks, origin, member.getCompressedSize(), e);
    }
  }

  private NpyHeader header(ZipEntry member) throws IOException {
    try (MemberBytes bytes = MemberBytes.open(path, member)) {
      return NpyHeader.read(new Head(bytes, member.getSize()), origin);
    }
  }

  private static void checkEnd(ArrayPlan plan, ZipEntry member) throws Refusal {
    if (plan.end() != member.getSize()) {
      throw new Refusal(
          "has %d bytes; expected %d, where its array ends"
              .formatted(member.getSize(), plan.end()));
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
    zip.close();
  }
}
