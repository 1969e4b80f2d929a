package dev.maskmap.convert.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.testing.Python;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipWriterTest {
  private static final int MANY = 65_600;

  @TempDir Path folder;

  private static byte[] content(int i) {
    byte[] content = new byte[i * 1000];
    new Random(i).nextBytes(content);
    return content;
  }

  private Path zip(int members) throws IOException {
    Path file = folder.resolve(members + ".zip");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      ZipWriter zip = new ZipWriter(out);
      for (int i = 0; i < members; i++) {
        zip.add(DeflatedMember.deflate("m\u00e9/" + i, content(i % 7), i % 10));
      }
      zip.finish();
    }
    return file;
  }

  @Test
  void theJdkReadsWhatWasPutIn() throws IOException {
    try (ZipFile zip = new ZipFile(zip(11).toFile(), UTF_8)) {
      assertEquals(11, zip.size());
      for (int i = 0; i < 11; i++) {
        ZipEntry entry = zip.getEntry("m\u00e9/" + i);
        assertArrayEquals(content(i % 7), zip.getInputStream(entry).readAllBytes());
      }
    }
  }

  @Test
  void theSameMembersGiveTheSameBytes() throws IOException {
    byte[] first = Files.readAllBytes(zip(5));
    assertArrayEquals(first, Files.readAllBytes(zip(5)));
  }

  @Test
  void anEmptyArchiveIsOne() throws IOException {
    try (ZipFile zip = new ZipFile(zip(0).toFile())) {
      assertEquals(0, zip.size());
    }
  }

  @Test
  void moreMembersThanAShortCountsAreAllThere() throws IOException {
    for (int members : new int[] {65_534, 65_535, 65_536, MANY}) {
      try (ZipFile zip = new ZipFile(tiny(members).toFile(), UTF_8)) {
        assertEquals(members, zip.size());
        ZipEntry last = zip.getEntry(Integer.toString(members - 1));
        assertArrayEquals(new byte[] {7}, zip.getInputStream(last).readAllBytes());
      }
    }
  }

  @Test
  @Tag("once")
  void pythonTestsEveryMemberOfALargeArchive() throws IOException {
    String printed =
        Python.require("zipfile")
            .run(
                """
                import sys, zipfile
                zip = zipfile.ZipFile(sys.argv[1])
                print(len(zip.namelist()), zip.testzip(), zip.infolist()[0].date_time)
                """,
                tiny(MANY).toString());
    assertEquals("65600 None (1980, 1, 1, 0, 0, 0)", printed.strip());
  }

  /** An archive that begins behind 4 GiB of a sparse file, as if other members came before. */
  @Test
  @Tag("once")
  void membersBeyondFourGigabytesAreFound() throws IOException {
    Path file = folder.resolve("far.zip");
    byte[] zeros = new byte[1 << 20];
    DeflatedMember stuffing =
        new DeflatedMember("stuffing".getBytes(UTF_8), zeros, 0, zeros.length);
    try (OutputStream out = sparse(file)) {
      ZipWriter zip = new ZipWriter(out);
      for (int i = 0; i < 4097; i++) {
        zip.add(stuffing);
      }
      zip.add(DeflatedMember.deflate("last", content(3), 9));
      zip.finish();
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry last = zip.getEntry("last");
      assertArrayEquals(content(3), zip.getInputStream(last).readAllBytes());
    }
    String printed =
        Python.require("zipfile")
            .run(
                """
                import sys, zipfile
                zip = zipfile.ZipFile(sys.argv[1])
                last = zip.infolist()[-1]
                print(last.header_offset > 2 ** 32, len(zip.read("last")))
                """,
                file.toString());
    assertEquals("True 3000", printed.strip());
  }

  @Test
  void deflatingEndsWhenTheThreadIsInterrupted() {
    Thread.currentThread().interrupt();
    assertThrows(
        ClosedByInterruptException.class, () -> DeflatedMember.deflate("a", content(6), 9));
    assertTrue(Thread.interrupted());
  }

  private Path tiny(int members) throws IOException {
    Path file = folder.resolve(members + ".zip");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      ZipWriter zip = new ZipWriter(out);
      DeflatedMember one = DeflatedMember.deflate("", new byte[] {7}, 1);
      for (int i = 0; i < members; i++) {
        byte[] name = Integer.toString(i).getBytes(UTF_8);
        zip.add(new DeflatedMember(name, one.data(), one.crc(), one.size()));
      }
      zip.finish();
    }
    return file;
  }

  /** Skips over what is zero instead of writing it. */
  private static OutputStream sparse(Path file) throws IOException {
    RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw");
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        out.write(b);
      }

      @Override
      public void write(byte[] bytes) throws IOException {
        if (bytes.length == 1 << 20) {
          out.seek(out.getFilePointer() + bytes.length);
        } else {
          out.write(bytes);
        }
      }

      @Override
      public void close() throws IOException {
        out.close();
      }
    };
  }
}
