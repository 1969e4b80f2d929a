package dev.maskmap.convert.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.MaskStore;
import dev.maskmap.MaskStoreWriter;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Python;
import dev.maskmap.testing.Stores;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskArchiveTest {
  @TempDir Path folder;

  /** Encodes {@code count} masks on the thread of the test, then fails where it is to. */
  private record Work(int count, boolean fails) implements MaskWork {
    @Override
    public <T> void run(OrderedWork.Work<T> work, OrderedWork.Sink<T> sink) throws IOException {
      for (int i = 0; i < count; i++) {
        sink.take(i, work.of(i));
      }
      if (fails) {
        throw new IOException("mask %d is broken".formatted(count));
      }
    }
  }

  private static void write(Path path, Work work, OutputStream out)
      throws IOException, InterruptedException {
    try (MaskStore store = MaskStore.open(path)) {
      new MaskArchive(MaskSelection.all(store, false), MaskFormat.NPY_BOOL).write(work, out);
    }
  }

  private static byte[] archive(Path store, TimeZone zone)
      throws IOException, InterruptedException {
    TimeZone usual = TimeZone.getDefault();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      TimeZone.setDefault(zone);
      write(store, new Work(2, false), out);
    } finally {
      TimeZone.setDefault(usual);
    }
    return out.toByteArray();
  }

  private Path two(int side) throws IOException {
    List<Pixels> masks = List.of(Pixels.noise(side, side, 1), Pixels.noise(side, side, 2));
    return Stores.write(folder.resolve("t.masks"), masks);
  }

  @Test
  void theBytesDependOnNeitherTheClockNorTheTimeZone() throws IOException, InterruptedException {
    Path store = two(20);
    byte[] first = archive(store, TimeZone.getTimeZone("Asia/Kathmandu"));
    Thread.sleep(2100); // the times of a zip file are even seconds
    assertArrayEquals(first, archive(store, TimeZone.getTimeZone("America/Adak")));
  }

  @Test
  void anInterruptEndsItInTheMiddleOfAMask() throws IOException {
    Path store = two(1000);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) {
            written.write(b);
            Thread.currentThread().interrupt();
          }
        };
    assertThrows(ClosedByInterruptException.class, () -> write(store, new Work(2, false), out));
    assertTrue(Thread.interrupted());
    assertTrue(written.size() < 20_000, () -> written.size() + " bytes of some 300,000");
  }

  @Test
  void whatFailsLeavesNoEndThatMakesItLookWhole() throws IOException {
    Path store = two(20);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThrows(IOException.class, () -> write(store, new Work(1, true), out));
    assertTrue(out.size() > 0);
    assertFalse(out.toString(ISO_8859_1).contains("PK\001\002"));
  }

  @Test
  @Tag("once")
  void pythonFindsEveryMemberOfMoreThanAShortCounts() throws IOException, InterruptedException {
    int many = 65_600;
    Path path = folder.resolve("many.masks");
    try (MaskStoreWriter writer = MaskStoreWriter.create(path, 1, 1)) {
      for (int i = 0; i < many; i++) {
        Stores.add(writer, "m\u00e9/" + i, Pixels.noise(1, 1, i));
      }
      writer.commit();
    }
    Path file = folder.resolve("many.zip");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      write(path, new Work(many, false), out);
    }
    String printed =
        Python.require("zipfile")
            .run(
                """
                import sys, zipfile
                zip = zipfile.ZipFile(sys.argv[1])
                last = zip.infolist()[-1]
                print(len(zip.namelist()), zip.testzip(), ascii(last.filename), last.date_time[:3])
                """,
                file.toString());
    assertEquals("65600 None 'm\\xe9/65599.npy' (1980, 2, 1)", printed.strip());
  }
}
