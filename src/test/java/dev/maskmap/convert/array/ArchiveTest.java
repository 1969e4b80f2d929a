package dev.maskmap.convert.array;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.array.TestZip.Entry;
import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.MaskSource;
import dev.maskmap.testing.Allocations;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
  private static final ArrayFormat PLAIN = ArrayFormat.plain();
  private static final byte[] MASK = TestNpy.of("|u1", new byte[] {0, 1, 2, 3, 4, 5}, 2, 3);

  @TempDir Path folder;

  private Path write(TestZip zip) throws IOException {
    return zip.write(folder.resolve("a.npz"));
  }

  private Path write(Entry entry) throws IOException {
    return write(new TestZip().add(entry));
  }

  /** The refusal of an archive whose first member cannot be read, without the archive's name. */
  private static String refusal(Path file) {
    return ArraySourceTest.refusal(file, PLAIN);
  }

  private static void assertRefused(String reason, Path file) {
    String found = refusal(file);
    assertTrue(found.contains(reason), found);
  }

  private static List<String> names(Path file) throws IOException {
    return ReadMasks.all(file, PLAIN).stream().map(ReadMasks::name).toList();
  }

  @Test
  void membersKeepTheirNamesWithoutTheExtension() throws IOException {
    byte[] two = TestNpy.of("|u1", new byte[12], 2, 2, 3);
    TestZip zip = new TestZip();
    zip.add(Entry.stored("arr_0.npy", MASK)).add(Entry.deflated("a/b.c.npy", MASK));
    zip.add(Entry.stored("folder/", new byte[0])).add(Entry.deflated("two.npy", two));
    zip.add(Entry.stored("bare", MASK)).add(Entry.stored("d\u00e9j\u00e0.npy", two));
    assertEquals(
        List.of("arr_0", "a/b.c", "two/0", "two/1", "bare", "d\u00e9j\u00e0/0", "d\u00e9j\u00e0/1"),
        names(write(zip)));
  }

  @Test
  void anArchiveWrittenAsAStreamIsRead() throws IOException {
    Path file = folder.resolve("s.npz");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      out.setComment("PK\5\6 is no end here");
      out.putNextEntry(new ZipEntry("m.npy"));
      out.write(MASK);
    }
    assertEquals(5, ReadMasks.all(file, PLAIN).getFirst().values()[5]);
  }

  @Test
  void oneMemberOfAnArchiveGetsTheNameOfTheArchive() throws IOException {
    byte[] two = TestNpy.of("|u1", new byte[12], 2, 2, 3);
    TestZip zip = new TestZip().add(Entry.stored("image.npy", new byte[9]));
    Path file = write(zip.add(Entry.stored("one.npy", MASK)).add(Entry.deflated("two.npy", two)));
    List<ReadMasks> one = ReadMasks.all(file, PLAIN.withMember("one"));
    assertEquals(List.of("a"), one.stream().map(ReadMasks::name).toList());
    assertEquals(file + ": one", one.getFirst().origin());
    List<ReadMasks> both = ReadMasks.all(file, PLAIN.withMember("two"));
    assertEquals(List.of("a/0", "a/1"), both.stream().map(ReadMasks::name).toList());
    assertEquals(
        "no member 'three'; it has: image, one, two",
        ArraySourceTest.refusal(file, PLAIN.withMember("three")));
  }

  @Test
  void anEmptyArchiveHasNoMasks() throws IOException {
    assertEquals(List.of(), names(write(new TestZip())));
  }

  @Test
  void aMemberThatIsNoArrayDoesNotKeepTheOthersFromBeingRead() throws IOException {
    TestZip zip = new TestZip().add(Entry.stored("a.txt", "hello".getBytes(UTF_8)));
    Path file = write(zip.add(Entry.stored("b.npy", MASK)));
    List<MaskItem> items = ReadMasks.items(file, PLAIN);
    IOException e = assertThrows(IOException.class, () -> items.getFirst().read());
    assertTrue(
        e.getMessage().startsWith(file + ": a.txt: byte 0: found the bytes"), e.getMessage());
    assertEquals(2, items.get(1).read().height());
  }

  @Test
  void membersThatCannotBeReadSayWhy() throws IOException {
    Entry member = Entry.deflated("m.npy", MASK);
    assertRefused("does not read (invalid CEN header (encrypted entry)", write(member.flags(1)));
    assertRefused("(bad compression method: 12)", write(member.method(12)));
    assertRefused("m: corrupt: its checksum is wrong", write(member.crc(7)));
    assertRefused("m: corrupt: its checksum is wrong", write(Entry.stored("m.npy", MASK).crc(7)));
    assertRefused("m: has 135 bytes; expected 134", write(member.bytes(MASK.length + 1)));
    assertRefused("m: has 133 bytes; expected 134", write(member.bytes(MASK.length - 1)));
    assertRefused(
        "m: corrupt archive: the data of the member end too early",
        write(Entry.stored("m.npy", MASK).packed(Arrays.copyOf(MASK, MASK.length - 1))));
    byte[] cut = Arrays.copyOf(member.packed(), member.packed().length - 3);
    assertRefused("the data of the member end too early", write(member.packed(cut)));
    byte[] bent = member.packed().clone();
    bent[0] = 7;
    assertRefused("m: corrupt archive: invalid ", write(member.packed(bent)));
    byte[] long1 = TestZip.deflate(Arrays.copyOf(MASK, MASK.length + 1));
    assertRefused("holds more than the 134 bytes announced", write(member.packed(long1)));
  }

  @Test
  void damageBehindAStackIsToldAtItsEnd() throws IOException {
    byte[] two = TestNpy.of("|u1", new byte[12], 2, 2, 3);
    Path file = write(Entry.stored("m.npy", two).crc(7));
    try (MaskSource source = ArraySource.open(ReadMasks.file(file), PLAIN)) {
      assertEquals("m/0", source.next().name());
      IOException e = assertThrows(IOException.class, source::next);
      assertEquals(file + ": m: corrupt: its checksum is wrong", e.getMessage());
      assertEquals(null, source.next());
    }
  }

  @Test
  void namesThatNoStoreOrFolderShouldHaveAreRefusedInOneShortLine() throws IOException {
    for (String name :
        List.of(
            "../m.npy",
            "a/../../m.npy",
            "/etc/m.npy",
            "..\\m.npy",
            "a\nb.npy",
            "a\0b.npy",
            "\u001b[2J.npy",
            ".npy",
            "x".repeat(10_000) + ".npy")) {
      String reason = refusal(write(Entry.stored(name, MASK)));
      assertTrue(reason.contains("its name "), reason);
      assertTrue(reason.length() < 200, reason);
      assertTrue(reason.chars().noneMatch(Character::isISOControl), reason);
    }
  }

  @Test
  void membersThatShareBytesAreReadEachByItself() throws IOException {
    TestZip zip = new TestZip().add(Entry.deflated("m.npy", MASK));
    assertEquals(List.of("m", "n"), names(write(zip.list(Entry.deflated("n.npy", MASK), 0))));
  }

  @Test
  void aMemberThatIsNotWhereTheDirectorySaysIsRefused() throws IOException {
    Entry member = Entry.deflated("m.npy", MASK);
    for (int offset : new int[] {5, 1 << 30}) {
      assertRefused(
          "m: corrupt archive: ",
          write(new TestZip().list(member, offset).add(Entry.stored("n.npy", MASK))));
    }
  }

  @Test
  void ofTwoMembersOfOneNameNeitherIsTakenForTheOther() throws IOException {
    byte[] other = TestNpy.of("|u1", new byte[6], 2, 3);
    TestZip zip = new TestZip().add(Entry.stored("m.npy", MASK)).add(Entry.stored("m.npy", other));
    int refused = 0;
    for (MaskItem item : ReadMasks.items(write(zip), PLAIN)) {
      try {
        item.read();
      } catch (IOException e) {
        assertTrue(e.getMessage().endsWith("m: the archive has another member of the same name"));
        refused++;
      }
    }
    assertEquals(1, refused);
  }

  @Test
  @Tag("once")
  void moreThanAMillionMembersAreRefused() throws IOException {
    Entry entry = Entry.stored("m", new byte[0]);
    TestZip zip = new TestZip().add(entry);
    for (int i = 0; i < 1 << 20; i++) {
      zip.list(entry, 0);
    }
    assertRefused("an archive of 1048577 members, more than the 1048576 that are read", write(zip));
  }

  @Test
  void membersInAnyOrderAreRead() throws IOException {
    Entry first = Entry.stored("a.npy", MASK);
    TestZip zip = new TestZip().add(Entry.stored("b.npy", MASK));
    byte[] bytes = zip.add(first).toBytes();
    // The directory's two entries have one length: swap them.
    int entry = 46 + 5;
    byte[] swapped = bytes.clone();
    int at = bytes.length - 22 - 2 * entry;
    System.arraycopy(bytes, at, swapped, at + entry, entry);
    System.arraycopy(bytes, at + entry, swapped, at, entry);
    assertEquals(List.of("a", "b"), names(Files.write(folder.resolve("a.npz"), swapped)));
  }

  @Test
  void aDirectoryBehindManyGigabytesIsFound() throws IOException {
    TestZip zip = new TestZip().add(Entry.deflated("m.npy", MASK));
    assertEquals(List.of("m"), names(zip.write(folder.resolve("large.npz"), 3_000_000_000L)));
  }

  @Test
  void anArchiveCutShortIsRefused() throws IOException {
    byte[] bytes = new TestZip().add(Entry.deflated("m.npy", MASK)).toBytes();
    for (int length = 4; length < bytes.length; length++) {
      Path file = Files.write(folder.resolve("a.npz"), Arrays.copyOf(bytes, length));
      assertRefused("it is cut short or damaged", file);
    }
  }

  @Test
  @Tag("once")
  void anArrayThatIsLargerThanItsMemberIsRefused() throws IOException {
    Path file = zeros(TestNpy.of("|u1", new byte[0], 10_000, 1000, 1000), 40_000_000L);
    assertEquals(
        "z: has 40000128 bytes; expected 10000000128, where its array ends", refusal(file));
  }

  @Test
  @Tag("once")
  void aStackInAnArchiveIsReadMaskByMaskInBoundedMemory() throws IOException {
    int masks = 500;
    Path file = zeros(TestNpy.of("|u1", new byte[0], masks, 300, 500), masks * 150_000L);
    try (MaskSource source = ArraySource.open(ReadMasks.file(file), PLAIN)) {
      long before = Allocations.ofThisThread();
      int read = 0;
      for (MaskItem item = source.next(); item != null; item = source.next()) {
        assertEquals(500, item.read().width());
        read++;
      }
      assertEquals(masks, read);
      // The bytes of each mask, its values, and little more: nothing grows with the stack.
      assertTrue(Allocations.ofThisThread() - before < masks * 320_000L);
    }
  }

  @Test
  @Tag("once")
  void moreMembersThanAnEndRecordCanCountAreReadOneAfterAnother() throws IOException {
    int members = 70_000;
    Path file = folder.resolve("m.npz");
    try (ZipOutputStream out =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.setMethod(ZipOutputStream.STORED);
      for (int i = 0; i < members; i++) {
        ZipEntry entry = new ZipEntry(i + ".npy");
        entry.setSize(MASK.length);
        entry.setCrc(TestZip.crc32(MASK) & 0xFFFFFFFFL);
        out.putNextEntry(entry);
        out.write(MASK);
      }
    }
    try (MaskSource source = ArraySource.open(ReadMasks.file(file), PLAIN)) {
      int read = 0;
      for (MaskItem item = source.next(); item != null; item = source.next()) {
        assertEquals("" + read++, item.name());
      }
      assertEquals(members, read);
    }
  }

  @Test
  @Tag("once")
  void zerosThatAreNoArrayAreNotInflated() throws IOException {
    Path file = zeros(new byte[0], 60_000_000L);
    long before = Allocations.ofThisThread();
    assertRefused("z: byte 0: found the bytes 00 00 00 00 00 00", file);
    assertTrue(Allocations.ofThisThread() - before < 4 << 20);
  }

  @Test
  void aSizeThatNoStreamCanHaveIsRefusedBeforeMemoryIsTaken() throws IOException {
    byte[] header = TestNpy.of("<f8", new byte[0], 2, 10_000, 10_000);
    Entry lie = Entry.deflated("m.npy", header).bytes(header.length + 1_600_000_000L);
    assertRefused("compressed bytes cannot hold 1600000128", write(lie));
    assertRefused(
        "compressed bytes cannot hold 10000000128",
        write(Entry.deflated("m.npy", header).bytes(10_000_000_128L)));
  }

  /** A member of a head and then zeros, deflated, its sizes told behind it. */
  private Path zeros(byte[] head, long count) throws IOException {
    Path file = folder.resolve("z.npz");
    byte[] block = new byte[1 << 20];
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      out.putNextEntry(new ZipEntry("z.npy"));
      out.write(head);
      for (long left = count; left > 0; left -= block.length) {
        out.write(block, 0, (int) Math.min(left, block.length));
      }
    }
    return file;
  }
}
