package dev.maskmap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.testing.Javac;
import dev.maskmap.testing.Python;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words follow the code: links, names and examples of every document hold, or the build fails. */
class DocsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath();
  private static final List<String> SOURCES = List.of("src", "jmh");

  private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern SOURCE_PATH = Pattern.compile("(?:src|docs|bin|jmh)/[\\w./-]+");
  private static final Pattern TYPE =
      Pattern.compile("([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)(?:[.#](\\w+))?(?:\\(.*\\))?");

  /** Where names that are not ours may come from. */
  private static final List<String> FOREIGN =
      List.of("java.lang.", "java.lang.foreign.", "java.io.", "java.nio.channels.", "java.util.");

  @Test
  void everyRelativeLinkResolves() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      for (String target : matches(LINK, prose(document))) {
        if (!target.matches("[a-z]+:.*") && !resolves(document, target)) {
          broken.add(ROOT.relativize(document) + " -> " + target);
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void everyFileAndClassThatIsNamedExists() throws IOException {
    Map<String, String> types = ourTypes();
    List<String> unknown = new ArrayList<>();
    for (Path document : documents()) {
      for (String code : matches(CODE, prose(document))) {
        if (!exists(code, types)) {
          unknown.add(ROOT.relativize(document) + ": " + code);
        }
      }
    }
    assertEquals(List.of(), unknown);
  }

  @Test
  void theJavaExampleOfTheReadmeCompiles(@TempDir Path folder)
      throws IOException, URISyntaxException {
    String example = block(ROOT.resolve("README.md"), "java");
    String name = matches(Pattern.compile("public (?:final )?class (\\w+)"), example).getFirst();
    Javac.compile(folder, name, example);
  }

  @Test
  void theReaderOnTheFormatPageReadsStoresOfAllKinds(@TempDir Path folder) throws IOException {
    byte[] pixels = new byte[3 * 13 * 9];
    Random random = new Random(3);
    for (int i = 0; i < pixels.length; i++) {
      // The first packed row of the first mask is one run, the others are noise.
      pixels[i] = (byte) (i < 8 * 9 ? 1 : random.nextInt(2));
    }
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      for (int y = 3; y < 12; y++) {
        for (int x = 2; x < 8; x++) {
          expected.append(pixels[(i * 13 + y) * 9 + x]);
        }
      }
    }
    String names = "'mask \u00e90', 'mask \u00e91', 'mask \u00e92'";
    for (Layout layout : Layout.values()) {
      for (boolean ragged : new boolean[] {false, true}) {
        Path store = folder.resolve(layout + "-" + ragged + ".masks");
        writeThree(store, layout, pixels, ragged);
        assertEquals(
            "[%s%s] %s".formatted(names, ragged ? ", 'odd'" : "", expected), readInPython(store));
      }
    }
  }

  private static void writeThree(Path store, Layout layout, byte[] pixels, boolean ragged)
      throws IOException {
    try (MaskStoreWriter writer = MaskStoreWriter.create(store, layout)) {
      for (int i = 0; i < 3; i++) {
        MemorySegment mask = MemorySegment.ofArray(pixels).asSlice(i * 117L, 117);
        writer.add("mask \u00e9" + i, 13, 9, mask, 9);
      }
      if (ragged) {
        writer.add("odd", 2, 1, MemorySegment.ofArray(new byte[2]), 1);
      }
      writer.commit();
    }
  }

  private static String readInPython(Path store) throws IOException {
    String use =
        """

        manifest, arrays, names = open_store(sys.argv[1])
        print(names, "".join(str(v) for i in range(3) for v in patch(packed(arrays, i), 3, 2, 9, 6).flat))
        """;
    String reader = block(ROOT.resolve("docs/format.md"), "python");
    return Python.require("numpy").run("import sys\n" + reader + use, store.toString()).strip();
  }

  @Test
  void thePythonExamplesOfTheReadmeCompile() throws IOException {
    List<String> examples = blocks(ROOT.resolve("README.md"), "python");
    assertEquals(2, examples.size());
    for (String example : examples) {
      Python.require("sys").run("import sys; compile(sys.argv[1], 'README', 'exec')", example);
    }
  }

  private static boolean resolves(Path document, String target) throws IOException {
    String[] parts = target.split("#", 2);
    Path file = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
    if (!Files.exists(file)) {
      return false;
    }
    return parts.length == 1
        || matches(HEADING, prose(file)).stream().map(DocsTest::anchor).anyMatch(parts[1]::equals);
  }

  /** The fragment that a heading gets on the usual hosts. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-');
  }

  private static boolean exists(String code, Map<String, String> types) {
    if (SOURCE_PATH.matcher(code).matches()) {
      return Files.exists(ROOT.resolve(code));
    }
    MatchResult type = TYPE.matcher(code).results().findFirst().orElse(null);
    if (type == null || type.end() - type.start() != code.length()) {
      return true;
    }
    String source = types.get(type.group(1));
    if (source == null) {
      return FOREIGN.stream().anyMatch(prefix -> isLoadable(prefix + type.group(1)));
    }
    String member = type.group(2);
    return member == null || Pattern.compile("\\b" + member + "\\b").matcher(source).find();
  }

  private static boolean isLoadable(String name) {
    try {
      Class.forName(name, false, DocsTest.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** The simple names of all types in our sources, nested ones too, each with its file's text. */
  private static Map<String, String> ourTypes() throws IOException {
    Pattern declared = Pattern.compile("\\b(?:class|interface|record|enum) (\\w+)");
    List<Path> files = new ArrayList<>();
    for (String sources : SOURCES) {
      if (Files.isDirectory(ROOT.resolve(sources))) {
        files.addAll(list(ROOT.resolve(sources), ".java"));
      }
    }
    return files.stream()
        .map(DocsTest::text)
        .flatMap(text -> matches(declared, text).stream().map(name -> Map.entry(name, text)))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a + b));
  }

  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>(list(ROOT.resolve("docs"), ".md"));
    try (Stream<Path> top = Files.list(ROOT)) {
      top.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
    }
    assertTrue(documents.contains(ROOT.resolve("README.md")), "run in the project's folder");
    return documents;
  }

  private static List<Path> list(Path folder, String extension) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(extension)).sorted().toList();
    }
  }

  /** A document without its fenced blocks. */
  private static String prose(Path document) {
    return FENCE.matcher(text(document)).replaceAll("");
  }

  private static String block(Path document, String language) {
    List<String> blocks = blocks(document, language);
    assertEquals(1, blocks.size(), language + " blocks in " + document);
    return blocks.getFirst();
  }

  private static List<String> blocks(Path document, String language) {
    return FENCE
        .matcher(text(document))
        .results()
        .filter(fence -> fence.group(1).equals(language))
        .map(fence -> fence.group(2))
        .toList();
  }

  private static List<String> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).toList();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new AssertionError("cannot read " + file, e);
    }
  }
}
