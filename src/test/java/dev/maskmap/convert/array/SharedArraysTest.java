package dev.maskmap.convert.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.testing.Python;
import dev.maskmap.testing.SharedMasks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real arrays, each read as NumPy reads it or refused for a reason that is pinned here. */
@Tag("once")
class SharedArraysTest {
  private static final Path TABLE = Path.of("target", "masks-verdicts-arrays.tsv");

  /**
   * Prints file, member, shape and the values as doubles in hexadecimal, of all that is numbers.
   */
  private static final String SCRIPT =
      """
      import os, sys, numpy as np
      def tell(file, member, load):
          try:
              a = load()
              if a.dtype.kind not in "buif": return
              values = np.ascontiguousarray(a).astype("<f8").tobytes().hex()
              print(file, member, ",".join(map(str, a.shape)), values, sep="\\t")
          except ValueError:
              pass
      for name in sorted(os.listdir(sys.argv[1])):
          path = os.path.join(sys.argv[1], name)
          if name.endswith(".npz"):
              with np.load(path) as archive:
                  for member in archive.files:
                      tell(name, member, lambda: archive[member])
          elif name.endswith(".npy"):
              tell(name, "", lambda: np.load(path))
      """;

  private static final String PINNED =
      """
      NumSharp__test_compat_bool.npy: the shape is (3,)
      NumSharp__test_compat_compressed.npz: data: the shape is (1000,)
      NumSharp__test_compat_empty.npy: the shape is (0,): no pixels
      NumSharp__test_compat_scalar.npy: the shape is ()
      NumSharp__test_compat_version3_unicode.npy: its elements are records of several fields ([('données', '<f8'), ('数据', '<f8'), ('данные', '<f8'), ('δεδομένα', '<f8')])
      libnpy__test_test.npz: unicode: its elements are text (<U2)
      libnpy__test_test_compressed.npz: unicode: its elements are text (<U2)
      libnpy__test_unicode.npy: its elements are text (<U2)
      npy__resources_example.npz: x_S3: its elements are text (|S3)
      npy__resources_example.npz: x_b: the shape is (4,)
      npy__resources_example.npz: x_f4: the shape is (4,)
      npy__resources_example.npz: x_f8: the shape is (4,)
      npy__resources_example.npz: x_i1: the shape is (4,)
      npy__resources_example.npz: x_i2: the shape is (5,)
      npy__resources_example.npz: x_i8: the shape is (5,)
      npy__resources_example.npz: x_u4: the shape is (4,)
      npy__resources_overflow.npy: a mask of 65536 x 65536 pixels, more than the 268435456 (16384 x 16384) that are read
      npyio__testdata_data_int8_scalar_corder.npy: the shape is ()
      npyio__testdata_data_uint16_scalar_corder.npy: the shape is ()
      npyio__testdata_data_uint8_scalar_corder.npy: the shape is ()
      npyz__test-data_compressed.npz: ints: the shape is (4,)
      npyz__test-data_uncompressed.npz: ints: the shape is (4,)
      npyz__unicode_ok.npy: its elements are text (<U8)
      numcodecs__packbits_array.00.npy: the shape is (1000,)
      numpy__data_py2-objarr.npy: its elements are Python objects, which are pickled and never read here (|O8)
      numpy__data_py3-objarr.npy: its elements are Python objects, which are pickled and never read here (|O)
      numpy__data_py3-objarr.npz: x: its elements are Python objects, which are pickled and never read here (|O)
      """;

  /** What NumPy reads of a file or member. */
  private record Expected(String shape, double[] values) {}

  @Test
  void everyFileIsReadAsNumpyReadsItOrRefused() throws IOException {
    Path folder = SharedMasks.folder("npy");
    Map<String, Expected> numpy = numpy(folder);
    Map<String, String> refused = new TreeMap<>();
    List<String> table = new ArrayList<>(List.of("file\tverdict\treason"));
    int files = 0;
    int masks = 0;
    for (Path file : files(folder)) {
      files++;
      Map<String, String> reasons = new LinkedHashMap<>();
      int read = compare(file, numpy, reasons);
      masks += read;
      reasons.forEach((origin, reason) -> refused.put(origin, reason));
      String name = "npy/" + file.getFileName();
      table.add(verdict(name, read, reasons));
    }
    Files.write(TABLE, table);
    long whole = table.stream().filter(line -> line.contains("\trefused\t")).count();
    System.out.printf(
        "arrays: %d files, %d masks equal to NumPy, %d files refused: %s%n",
        files, masks, whole, TABLE);
    assertEquals(PINNED, lines(refused));
    assertEquals(53, files);
  }

  /** Each reason up to what was expected. */
  private static String lines(Map<String, String> refused) {
    StringBuilder lines = new StringBuilder();
    refused.forEach(
        (what, why) -> lines.append("%s: %s\n".formatted(what, why.replaceFirst(";.*", ""))));
    return lines.toString();
  }

  private static String verdict(String name, int read, Map<String, String> reasons) {
    String why = String.join("; ", reasons.values().stream().distinct().toList());
    if (reasons.isEmpty()) {
      return name + "\timported\t" + read + " masks";
    }
    return read == 0
        ? name + "\trefused\t" + why
        : name + "\tpartly\t" + read + " masks; " + reasons.size() + " refused: " + why;
  }

  /** Compares what can be read, returns how many masks, and collects the reasons of the rest. */
  private static int compare(Path file, Map<String, Expected> numpy, Map<String, String> reasons)
      throws IOException {
    String name = file.getFileName().toString();
    Map<String, List<ReadMasks>> arrays = new LinkedHashMap<>();
    try {
      for (MaskItem item : ReadMasks.items(file, ArrayFormat.plain())) {
        try {
          ReadMasks mask = ReadMasks.of(item);
          arrays.computeIfAbsent(array(mask.origin(), file), k -> new ArrayList<>()).add(mask);
        } catch (IOException e) {
          reasons.put(name + ": " + item.name(), reason(e, item.origin()));
        }
      }
    } catch (IOException e) {
      reasons.put(name, reason(e, file.toString()));
    }
    arrays.forEach((array, masks) -> compare(numpy.get(name + array), masks, name + array));
    return arrays.values().stream().mapToInt(List::size).sum();
  }

  /** Returns the member, between colons, that a mask came from. */
  private static String array(String origin, Path file) {
    String rest = origin.substring(file.toString().length());
    return rest.replaceFirst(": mask [0-9]+$", "").replaceFirst("^: ", ":");
  }

  private static String reason(IOException e, String origin) {
    String message = e.getMessage();
    assertTrue(message.startsWith(origin + ": "), message);
    assertEquals(1, message.lines().count(), message);
    return message.substring(origin.length() + 2);
  }

  private static void compare(Expected expected, List<ReadMasks> masks, String what) {
    List<String> sides = new ArrayList<>(List.of(expected.shape.split(",")));
    if (sides.size() > 2) {
      sides.removeIf("1"::equals);
    }
    int at = 0;
    for (ReadMasks mask : masks) {
      assertEquals(sides.getLast(), "" + mask.width(), what);
      assertEquals(sides.get(sides.size() - 2), "" + mask.height(), what);
      for (double value : mask.values()) {
        assertEquals(expected.values[at++], value, what);
      }
    }
    assertEquals(expected.values.length, at, what);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> !f.toString().endsWith(".png")).sorted().toList();
    }
  }

  private static Map<String, Expected> numpy(Path folder) {
    Map<String, Expected> arrays = new TreeMap<>();
    for (String line : Python.require("numpy").run(SCRIPT, folder.toString()).lines().toList()) {
      String[] fields = line.split("\t", -1);
      byte[] bytes = HexFormat.of().parseHex(fields[3]);
      double[] values = new double[bytes.length / Double.BYTES];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
      String member = fields[1].isEmpty() ? "" : ":" + fields[1];
      arrays.put(fields[0] + member, new Expected(fields[2], values));
    }
    return arrays;
  }
}
