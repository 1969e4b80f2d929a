package dev.maskmap.convert.coco;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.maskmap.convert.coco.CocoRequest.Per;
import dev.maskmap.testing.Python;
import dev.maskmap.testing.SharedMasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every real annotation file, mask by mask, against the arithmetic written in Python. */
@Tag("once")
class CocoRealFilesTest {
  private static final Path VERDICTS = Path.of("target", "masks-verdicts-coco.tsv");

  /** What is refused, with the reason without the file's path. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "sahi__coco_evaluate_dataset.json",
          "none of its 249 annotations has a segmentation: boxes alone are no masks");

  @Test
  void everyMaskOfEveryFileEqualsTheOracleOrTheFileIsRefusedForAReason() throws IOException {
    List<Path> files = files();
    Map<String, List<String>> expected = expected(files);
    List<String> verdicts = new ArrayList<>(List.of("file\tverdict\treason"));
    int masks = 0;
    int refused = 0;
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      try {
        List<String> lines = lines(file);
        assertEquals(sorted(expected.get(name)), sorted(lines), name);
        masks += lines.size();
        verdicts.add("coco/%s\timported\t%d masks".formatted(name, lines.size()));
      } catch (IOException e) {
        String reason = e.getMessage().substring(file.toString().length() + 2);
        assertEquals(REFUSED.get(name), reason, name);
        refused++;
        verdicts.add("coco/%s\trefused\t%s".formatted(name, reason));
      }
    }
    Files.write(VERDICTS, verdicts, UTF_8);
    System.out.printf(
        "masks/coco: %d files imported, %d refused; %d masks per annotation, category and image"
            + " equal the oracle%n",
        files.size() - refused, refused, masks);
    assertEquals(REFUSED.size(), refused);
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(SharedMasks.folder("coco"))) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static Map<String, List<String>> expected(List<Path> files) {
    String[] names = files.stream().map(Path::toString).toArray(String[]::new);
    return Python.require("numpy")
        .run(CocoFiles.oracle(), names)
        .lines()
        .collect(groupingBy(line -> line.substring(0, line.indexOf('\t'))));
  }

  private static List<String> lines(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Per per : Per.values()) {
      try {
        lines.addAll(CocoFiles.lines(file, per));
      } catch (IOException e) {
        // Run lengths alone are of no category.
        if (per != Per.CATEGORY || !e.getMessage().contains("has no category")) {
          throw e;
        }
      }
    }
    return lines;
  }

  private static List<String> sorted(List<String> lines) {
    return lines.stream().sorted().toList();
  }
}
