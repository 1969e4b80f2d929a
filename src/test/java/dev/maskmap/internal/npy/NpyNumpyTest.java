package dev.maskmap.internal.npy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.testing.Python;
import dev.maskmap.testing.SharedMasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NumPy itself is the oracle: what it writes we read, and what we write it maps. */
class NpyNumpyTest {
  /**
   * Prints what NumPy reads from every .npy of a folder: name, type, order, shape, offset, size.
   */
  private static final String DESCRIBE =
      """
      import sys, glob, os, numpy as np
      from numpy.lib import format as f
      for path in sorted(glob.glob(os.path.join(sys.argv[1], "*.npy"))):
          with open(path, "rb") as file:
              version = f.read_magic(file)
              try:
                  shape, fortran, dtype = f._read_array_header(file, version)
              except ValueError:
                  continue
              descr = f.dtype_to_descr(dtype)
              plain = isinstance(descr, str) and not dtype.hasobject
              size = dtype.itemsize if plain else 0
              shape = ",".join(map(str, shape))
              print(os.path.basename(path), descr, fortran, shape, file.tell(), size, sep="|;")
      """;

  private static final String WRITE =
      """
      import sys, warnings, numpy as np
      from numpy.lib import format as f
      warnings.simplefilter("ignore")
      kinds = ["?", "u1", "i1", "<u2", ">u2", "<i4", ">i8", "<f2", "<f4", ">f8", "<f16", "<c8",
               "<c16", "S3", "<U5", ">U2", "V7", "<M8[ns]", ">m8[25s]", "<M8[D]",
               [("a", "<f4"), ("b", "u1", (2, 3))],
               [("x y'\\"\\\\\\\\", "<i2"), ("n", [("m", ">f8"), ("é", "S2")])], ("<i4", (2,)),
               np.dtype([("a", "u1"), ("b", "<f8")], align=True)]
      shapes = [(), (0,), (5,), (3, 4), (2, 0, 4), (2, 3, 4), (1,) * 20]
      n = 0
      for kind in kinds:
          for shape in shapes:
              for order in "CF":
                  array = np.zeros(shape, dtype=kind, order=order)
                  for version in [(1, 0), (2, 0), (3, 0)]:
                      with open("%s/%04d.npy" % (sys.argv[1], n), "wb") as file:
                          f.write_array(file, array, version=version)
                      n += 1
      """;

  private static final String MAP =
      """
      import sys, io, glob, numpy as np
      for path in sorted(glob.glob(sys.argv[1] + "/*.npy")):
          a = np.load(path, mmap_mode="r")
          out = io.BytesIO()
          np.lib.format.write_array_header_1_0(
              out, {"descr": a.dtype.str, "fortran_order": False, "shape": a.shape})
          print(a.dtype.str, ",".join(map(str, a.shape)), a.offset, a.flags.c_contiguous,
                out.getvalue().hex())
      """;

  @Test
  void everyTypeOrderAndVersionThatNumpyWritesIsRead(@TempDir Path folder) throws IOException {
    Python python = Python.require("numpy");
    python.run(WRITE, folder.toString());
    assertTrue(compare(folder, python) > 1000);
  }

  @Test
  void realFilesAreReadAsNumpyReadsThem() throws IOException {
    Python python = Python.require("numpy");
    assertTrue(compare(SharedMasks.folder("npy"), python) >= 40);
  }

  @Test
  void aHeaderOfPython2WithoutDataIsReadAndItsFileCalledCutShort() throws IOException {
    Path file = SharedMasks.folder("npy").resolve("npy__resources_overflow.npy");
    NpyHeader header = NpyHeader.read(file);
    assertEquals(List.of(65536L, 65536L), header.shape());
    assertThrows(NpyFormatException.class, () -> header.requireData(file, Files.size(file)));
  }

  @Test
  void numpyMapsOurFilesAndWritesTheSameHeaderItself(@TempDir Path folder) throws IOException {
    List<String> types = List.of("|u1", "<u4", "<i8", "<f4", "|b1", "<f2");
    long[][] shapes = {{7}, {3, 135, 192}, {2, 3}, {1, 1, 1, 5}, {100_000}};
    StringBuilder expected = new StringBuilder();
    int n = 0;
    for (String descr : types) {
      for (long[] shape : shapes) {
        byte[] header = NpyHeader.encode(descr, shape);
        NpyHeader parsed = NpyFiles.parse(header);
        byte[] file = Arrays.copyOf(header, Math.toIntExact(128 + parsed.dataBytes()));
        Files.write(folder.resolve("%04d.npy".formatted(n++)), file);
        String hex = HexFormat.of().formatHex(header);
        expected.append("%s %s 128 True %s\n".formatted(descr, join(parsed), hex));
      }
    }
    assertEquals(expected.toString(), Python.require("numpy").run(MAP, folder.toString()));
  }

  private static int compare(Path folder, Python python) throws IOException {
    String[] lines = python.run(DESCRIBE, folder.toString()).split("\n");
    for (String line : lines) {
      String[] fields = line.split("\\|;", -1);
      Path file = folder.resolve(fields[0]);
      NpyHeader header = NpyHeader.read(file);
      // Python 2 gave objects a size.
      String descr = header.descr().matches("\\|O[48]") ? "|O" : header.descr();
      assertEquals(fields[1], descr, line);
      assertEquals(fields[2], header.fortranOrder() ? "True" : "False", line);
      assertEquals(fields[3], join(header), line);
      assertEquals(fields[4], Long.toString(header.dataOffset()), line);
      assertEquals(fields[5], Long.toString(header.itemSize()), line);
      if (header.itemSize() > 0) {
        header.requireDataOnly(file, Files.size(file));
      }
    }
    return lines.length;
  }

  private static String join(NpyHeader header) {
    return String.join(",", header.shape().stream().map(String::valueOf).toList());
  }
}
