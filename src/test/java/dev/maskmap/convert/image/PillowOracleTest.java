package dev.maskmap.convert.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.testing.SharedMasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every real image file: pixel by pixel what Pillow reads, or refused for a reason given here. */
@Tag("once")
class PillowOracleTest {
  private static final List<String> FOLDERS =
      List.of("fullhd", "labels", "large", "npy", "pairs", "pngsuite", "varied");

  /** How the path of a file that is refused begins, and a part of the reason. */
  private static final Map<String, String> REFUSALS =
      Map.ofEntries(
          Map.entry("varied/bad_lfs_pointer__01_dr.tif", "is a Git LFS pointer"),
          Map.entry("pngsuite/xc1n0g08.png", "bit depth 8 with colour type 1"),
          Map.entry("pngsuite/xc9n2c08.png", "bit depth 8 with colour type 9"),
          Map.entry("pngsuite/xcrn0g04.png", "its signature is damaged"),
          Map.entry("pngsuite/xcsn0g01.png", "chunk IDAT at byte 49 has CRC"),
          Map.entry("pngsuite/xd0n2c08.png", "bit depth 0 with colour type 2"),
          Map.entry("pngsuite/xd3n2c08.png", "bit depth 3 with colour type 2"),
          Map.entry("pngsuite/xd9n2c08.png", "bit depth 99 with colour type 2"),
          Map.entry("pngsuite/xdtn0g01.png", "it has no image data"),
          Map.entry("pngsuite/xhdn0g08.png", "chunk IHDR at byte 8 has CRC"),
          Map.entry("pngsuite/xlfn0g04.png", "its signature is damaged"),
          Map.entry("pngsuite/xs1n0g01.png", "its signature is damaged"),
          Map.entry("pngsuite/xs2n0g01.png", "not a PNG, GIF"),
          Map.entry("pngsuite/xs4n0g01.png", "not a PNG, GIF"),
          Map.entry("pngsuite/xs7n0g01.png", "its signature is damaged"),
          Map.entry("pngsuite/libpng-crashers/bad_iCCP.png", "chunk IHDR at byte 8 has CRC"),
          Map.entry("pngsuite/libpng-crashers/badadler.png", "incorrect data check"),
          Map.entry("pngsuite/libpng-crashers/badcrc.png", "chunk IDAT at byte 33 has CRC"),
          Map.entry("pngsuite/libpng-crashers/huge_", "truncated PNG: it ends at byte"));

  /** Its texts and profiles are empty, which is no matter of its pixels. */
  private static final String READ_BY_US_ALONE =
      "pngsuite/libpng-crashers/empty_ancillary_chunks.png";

  @Test
  void everyFileIsWhatPillowReadsOrIsRefusedForAReason() throws IOException {
    List<PillowVerdict> verdicts = new ArrayList<>();
    for (String sub : FOLDERS) {
      verdicts.addAll(PillowVerdict.ofAll(sub + "/", SharedMasks.folder(sub)));
    }
    write(verdicts);
    Map<String, Integer> counts = new TreeMap<>();
    verdicts.forEach(row -> counts.merge(row.verdict(), 1, Integer::sum));
    System.out.println("images: " + verdicts.size() + " real files: " + counts);
    assertEquals(List.of(), verdicts.stream().filter(row -> !expected(row)).toList());
    assertEquals(REFUSALS.keySet(), refusalsMet(verdicts));
  }

  private static boolean expected(PillowVerdict row) {
    return switch (row.verdict()) {
      case PillowVerdict.EQUAL -> refusal(row).isEmpty();
      case PillowVerdict.REFUSED ->
          !refusal(row).isEmpty() && row.reason().contains(REFUSALS.get(refusal(row)));
      case PillowVerdict.ALONE -> row.file().equals(READ_BY_US_ALONE);
      default -> false;
    };
  }

  private static String refusal(PillowVerdict row) {
    return REFUSALS.keySet().stream().filter(row.file()::startsWith).findAny().orElse("");
  }

  private static TreeSet<String> refusalsMet(List<PillowVerdict> verdicts) {
    TreeSet<String> met = new TreeSet<>();
    verdicts.forEach(row -> met.add(refusal(row)));
    assertTrue(met.remove(""), "some are not refused");
    return met;
  }

  private static void write(List<PillowVerdict> verdicts) throws IOException {
    StringBuilder out = new StringBuilder("file\tverdict\treason\n");
    for (PillowVerdict row : verdicts) {
      out.append(String.join("\t", row.file(), row.verdict(), row.reason())).append('\n');
    }
    Files.writeString(Path.of("target", "masks-verdicts-images.tsv"), out);
  }
}
