package dev.maskmap.convert.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.array.ArrayFormat.Headerless;
import dev.maskmap.convert.array.ArrayFormat.Packing;
import dev.maskmap.testing.Python;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NumPy writes random arrays of every kind, and says what is in them. */
@Tag("once")
class ArrayNumpyTest {
  /**
   * Each line: file, names, height, width, and the file with all values as little-endian doubles.
   */
  private static final String COMMON =
      """
      import sys, warnings, numpy as np
      warnings.simplefilter("ignore")
      random = np.random.default_rng(int(sys.argv[2]))
      count = 0
      def path(extension):
          global count
          count += 1
          return "%s/%05d.%s" % (sys.argv[1], count, extension)
      def numbers(n):
          return ["%0*d" % (len(str(n - 1)), i) for i in range(n)]
      def stack_names(name, n):
          return [name] if n == 1 else [name + "/" + i for i in numbers(n)]
      def tell(file, names, masks, *more):
          values = path("bin")
          np.ascontiguousarray(masks).astype("<f8").tofile(values)
          print(file, "|".join(names), masks.shape[-2], masks.shape[-1], values, *more, sep="\\t")
      def stem(file):
          return file.rsplit("/", 1)[1].rsplit(".", 1)[0]
      def some(kind, shape):
          kind = np.dtype(kind)
          style = random.integers(4)
          if kind.kind == "b":
              return random.integers(0, 2, shape).astype(kind)
          if style == 0:
              return random.integers(0, 2, shape).astype(kind)
          if kind.kind == "f":
              a = random.normal(0, 1000, shape)
              a[random.random(shape) < 0.3] = 0
              a[random.random(shape) < 0.05] = np.inf
              a[random.random(shape) < 0.05] = -0.0
              return a.astype(kind)
          info = np.iinfo(kind)
          low, high = [(info.min, info.max), (0, min(info.max, 255)), (0, min(info.max, 70000))][style - 1]
          a = random.integers(low, high, shape, dtype=kind.newbyteorder("="), endpoint=True)
          a[random.random(shape) < 0.3] = 0
          return a.astype(kind)
      """;

  private static final String ARRAYS =
      COMMON
          + """
          kinds = ["?", "u1", "i1", "<u2", ">u2", "<i2", ">i2", "<u4", ">u4", "<i4", ">i4", "<u8",
                   ">u8", "<i8", ">i8", "<f2", ">f2", "<f4", ">f4", "<f8", ">f8"]
          for kind in kinds:
              for dims in range(6):
                  for order in "CF":
                      n, h, w = random.integers(2, 14), random.integers(2, 40), random.integers(5, 40)
                      if random.random() < 0.1: h, w = 107, 201
                      shape = [(h, w), (1, h, w), (h, w, 1), (n, h, w), (n, h, w, 1), (n, 1, h, w)][dims]
                      array = np.array(some(kind, shape), order=order)
                      masks = array.reshape((n if dims > 2 else 1, h, w))
                      file = path("npy")
                      with open(file, "wb") as out:
                          np.lib.format.write_array(out, array, version=[(1, 0), (2, 0), (3, 0)][count % 3])
                      tell(file, stack_names(stem(file), len(masks)), masks)
          for save in [np.savez, np.savez_compressed]:
              for kind in kinds:
                  h, w = random.integers(2, 40, 2)
                  one, more = some(kind, (h, w)), some(kind, (11, h, w))
                  fortran = np.array(some(kind, (3, h, w)), order="F")
                  file = path("npz")
                  save(file, one, more, **{"folder/f": fortran, "name of one": one.T.reshape(1, h, w)})
                  names = ["folder/f/0", "folder/f/1", "folder/f/2", "name of one", "arr_0"]
                  names += stack_names("arr_1", 11)
                  tell(file, names, np.concatenate([fortran, one.T.reshape(1, h, w), [one], more]))
          """;

  private static final String PACKED =
      COMMON
          + """
          for case in range(150):
              n, h, w = random.integers(2, 6), random.integers(1, 40), random.integers(1, 40)
              masks = random.integers(0, 2, (n, h, w)).astype("u1")
              bits = ["big", "little"][case % 2]
              def put(kind, array, masks):
                  file = path("npy")
                  np.save(file, np.array(array, order="CF"[random.integers(2)]))
                  tell(file, stack_names(stem(file), len(masks)), masks, kind, bits, 0)
              put("axis=0", np.packbits(masks[0], axis=0, bitorder=bits), masks[:1])
              put("axis=-2", np.packbits(masks[0], axis=0, bitorder=bits), masks[:1])
              put("axis=1", np.packbits(masks[0], axis=1, bitorder=bits), masks[:1])
              put("axis=0", np.stack([np.packbits(m, axis=0, bitorder=bits) for m in masks]), masks)
              put("axis=1", np.packbits(masks, axis=1, bitorder=bits), masks)
              put("axis=2", np.packbits(masks, axis=2, bitorder=bits), masks)
              put("axis=-2", np.packbits(masks, axis=-2, bitorder=bits), masks)
              put("axis=-1", np.packbits(masks, axis=-1, bitorder=bits), masks)
              flat = np.packbits(masks.reshape(n, -1), axis=1, bitorder=bits)
              put("flat", np.packbits(masks[0], bitorder=bits), masks[:1])
              put("flat", flat, masks)
              file = path("npz")
              np.savez_compressed(file, stack=np.packbits(masks, axis=1, bitorder=bits))
              tell(file, stack_names("stack", n), masks, "axis=1", bits, 0)
              for kind, array in [("axis=1", np.packbits(masks, axis=1, bitorder=bits)), ("flat", flat),
                                  ("axis=2", np.packbits(masks, axis=2, bitorder=bits))]:
                  file = path("raw")
                  array.tofile(file)
                  tell(file, stack_names(stem(file), n), masks, kind, bits, n)
          """;

  private static final String HEADERLESS =
      COMMON
          + """
          names = {"?": "bool", "u1": "uint8", "<i2": "int16", "<f4": "float32", "<f8": "float64"}
          for kind in ["?", "u1", "i1", "<u2", ">u2", "<i2", ">i4", "<u8", "<i8", "<f2", ">f4", "<f4", "<f8"]:
              for n in [0, 3]:
                  array = some(kind, (max(n, 1), *random.integers(1, 30, 2)))
                  file = path("raw")
                  offset = random.integers(0, 20)
                  with open(file, "wb") as out:
                      out.write(bytes(offset) + array.tobytes())
                  for name in {kind, names.get(kind, kind)}:
                      tell(file, stack_names(stem(file), max(n, 1)), array, name, n, offset)
          """;

  @Test
  void everyTypeOrderRankAndArchiveOfNumpyIsReadAsNumpyReadsIt(@TempDir Path folder)
      throws IOException {
    int masks = 0;
    for (String[] told : told(ARRAYS, folder)) {
      masks += compare(told, ArrayFormat.plain());
    }
    assertTrue(masks > 1500, () -> "few masks");
  }

  @Test
  void everyAxisAndBitOrderOfPackbitsIsReadAsUnpackbitsReadsIt(@TempDir Path folder)
      throws IOException {
    for (String[] told : told(PACKED, folder)) {
      int height = Integer.parseInt(told[2]);
      int width = Integer.parseInt(told[3]);
      long stack = Long.parseLong(told[7]);
      Headerless headerless = stack == 0 ? null : new Headerless(stack, height, width, "uint8", 0);
      ArrayFormat format =
          new ArrayFormat(Packing.of(told[5]), told[6].equals("little"), height, width, headerless);
      compare(told, format);
    }
  }

  @Test
  void headerlessFilesAreReadAsTheirTypeSays(@TempDir Path folder) throws IOException {
    for (String[] told : told(HEADERLESS, folder)) {
      Headerless headerless =
          new Headerless(
              Long.parseLong(told[6]),
              Integer.parseInt(told[2]),
              Integer.parseInt(told[3]),
              told[5],
              Long.parseLong(told[7]));
      compare(told, new ArrayFormat(null, false, 0, 0, headerless));
    }
  }

  private static List<String[]> told(String script, Path folder) {
    String printed = Python.require("numpy").run(script, folder.toString(), "7");
    return printed.lines().map(line -> line.split("\t")).toList();
  }

  private static int compare(String[] told, ArrayFormat format) throws IOException {
    String line = String.join(" ", told);
    List<ReadMasks> masks = ReadMasks.all(Path.of(told[0]), format);
    assertEquals(told[1], String.join("|", masks.stream().map(ReadMasks::name).toList()), line);
    ByteBuffer values =
        ByteBuffer.wrap(Files.readAllBytes(Path.of(told[4]))).order(ByteOrder.LITTLE_ENDIAN);
    for (ReadMasks mask : masks) {
      assertEquals(told[2] + " " + told[3], mask.height() + " " + mask.width(), line);
      double[] expected = new double[mask.values().length];
      for (int i = 0; i < expected.length; i++) {
        // Adding 0 makes -0.0 the 0.0 that it equals.
        expected[i] = values.getDouble() + 0.0;
        mask.values()[i] += 0.0;
      }
      assertArrayEquals(expected, mask.values(), line + " " + mask.name());
    }
    assertEquals(0, values.remaining(), line);
    return masks.size();
  }
}
