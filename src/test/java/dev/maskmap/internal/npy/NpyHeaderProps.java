package dev.maskmap.internal.npy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class NpyHeaderProps {
  @Property
  void whatIsEncodedIsReadBack(@ForAll("types") String descr, @ForAll("shapes") List<Long> shape)
      throws IOException {
    NpyHeader header = NpyFiles.parse(encode(descr, shape));
    assertEquals(new NpyHeader(descr, false, shape, ItemSize.of(descr), 128), header);
  }

  @Property
  void spacesQuotesOrderAndCommasDoNotMatter(
      @ForAll("types") String descr,
      @ForAll("shapes") List<Long> shape,
      @ForAll boolean fortran,
      @ForAll @IntRange(min = 1, max = 3) int major,
      @ForAll Random random)
      throws IOException {
    NpyHeader header = NpyFiles.parse(NpyFiles.file(major, free(descr, fortran, shape, random)));
    assertEquals(descr, header.descr());
    assertEquals(fortran, header.fortranOrder());
    assertEquals(shape, header.shape());
  }

  @Property
  void aBrokenHeaderIsReadOrRefusedButNeverAnythingElse(
      @ForAll("types") String descr,
      @ForAll("shapes") List<Long> shape,
      @ForAll @IntRange(min = 1, max = 3) int major,
      @ForAll Random random)
      throws IOException {
    byte[] file = NpyFiles.file(major, free(descr, true, shape, random));
    for (int changes = random.nextInt(4); changes >= 0; changes--) {
      file = change(file, random);
    }
    try {
      NpyHeader header = NpyFiles.parse(file);
      assertTrue(header.dataOffset() <= file.length);
      assertTrue(header.dataBytes() >= 0);
    } catch (NpyFormatException e) {
      assertTrue(
          e.getMessage().matches(".*\\.npy: byte \\d+: found .*, expected .*"), e.getMessage());
    }
  }

  @Provide
  Arbitrary<String> types() {
    return Combinators.combine(
            Arbitraries.of("<", ">", "|", "="),
            Arbitraries.of("b", "i", "u", "f", "c", "S", "U", "V", "O", "M", "m"),
            Arbitraries.integers().between(1, 16))
        .as((order, kind, size) -> order + kind + size);
  }

  @Provide
  Arbitrary<List<Long>> shapes() {
    return Arbitraries.longs().between(0, 50_000).list().ofMaxSize(3);
  }

  private static byte[] encode(String descr, List<Long> shape) {
    return NpyHeader.encode(descr, shape.stream().mapToLong(Long::longValue).toArray());
  }

  private static String free(String descr, boolean fortran, List<Long> shape, Random random) {
    String suffix = random.nextBoolean() ? "L" : "";
    String numbers = shape.stream().map(n -> n + suffix).collect(Collectors.joining(" , "));
    boolean comma = shape.size() == 1 || (!shape.isEmpty() && random.nextBoolean());
    List<String> members =
        new ArrayList<>(
            List.of(
                "'descr' : u'" + descr + "'",
                "'fortran_order' : " + (fortran ? "True" : "False"),
                "u'shape' : ( " + numbers + (comma ? " ," : "") + " )"));
    Collections.shuffle(members, random);
    String text = " { " + String.join(" , ", members) + (random.nextBoolean() ? " , } " : " } ");
    text = text.replace("u'", random.nextBoolean() ? "u'" : "'");
    text = text.replace('\'', random.nextBoolean() ? '"' : '\'');
    return text.chars()
        .mapToObj(c -> c == ' ' ? space(random) : Character.toString(c))
        .collect(Collectors.joining());
  }

  private static String space(Random random) {
    String space = "";
    for (int n = random.nextInt(3); n > 0; n--) {
      space += " \t\n\r\f".charAt(random.nextInt(5));
    }
    return space;
  }

  private static byte[] change(byte[] file, Random random) {
    int at = file.length == 0 ? 0 : random.nextInt(file.length);
    byte value =
        random.nextBoolean()
            ? (byte) random.nextInt()
            : (byte) "'\"()[]{},:-\\0L".charAt(random.nextInt(14));
    byte[] changed;
    switch (random.nextInt(4)) {
      case 0 -> changed = Arrays.copyOf(file, at);
      case 1 -> {
        changed = Arrays.copyOf(file, file.length + 1);
        System.arraycopy(file, at, changed, at + 1, file.length - at);
        changed[at] = value;
      }
      default -> {
        changed = file.clone();
        if (changed.length > 0) {
          changed[at] = value;
        }
      }
    }
    return changed;
  }
}
