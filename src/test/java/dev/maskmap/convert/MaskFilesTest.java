package dev.maskmap.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.maskmap.convert.pixels.MaskFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskFilesTest {
  @TempDir Path folder;

  @Test
  void aFileIsNamedByItsStemWhateverItsExtension() throws IOException {
    touch("a.tar.dat", "plain", "b.png");
    assertEquals(
        List.of("b", "a.tar", "plain"), names(path("b.png"), path("a.tar.dat"), path("plain")));
  }

  @Test
  void aFolderGivesItsImagesByNameInCodePointOrder() throws IOException {
    touch(
        "b.png",
        "B.PNG",
        "a/z.gif",
        "a-1.bmp",
        "a.txt",
        "\uFF5E.png",
        "\uD83D\uDE00.png",
        "10.png");
    assertEquals(List.of("10", "B", "a-1", "a/z", "b", "\uFF5E", "\uD83D\uDE00"), names(path("")));
  }

  @Test
  void hiddenFilesAndFoldersAreSkipped() throws IOException {
    touch("a.png", ".b.png", ".git/c.png", "d/.png");
    assertEquals(List.of("a"), names(path("")));
  }

  @Test
  void aLoopOfLinksEnds() throws IOException {
    touch("a/x.png");
    Files.createSymbolicLink(folder.resolve("a/up"), folder);
    assertEquals(List.of("a/x"), names(path("")));
    assertEquals(List.of("a/x"), names(path("**/*.png")));
  }

  @Test
  void argumentsStayInTheOrderGiven() throws IOException {
    touch("z/1.png", "z/2.png", "a/3.png", "m.png");
    assertEquals(List.of("1", "2", "m", "3"), names(path("z"), path("m.png"), path("a")));
  }

  @Test
  void aPatternIsExpandedByNameWhereNoSuchFileExists() throws IOException {
    touch("m/2.png", "m/1.png", "m/1.txt", "m/.3.png");
    assertEquals(List.of("1", "2"), names(path("m/*.png")));
    assertEquals(List.of("2"), names(path("m/[2-9].p?g")));
    assertEquals(List.of("1", "2"), names(path("m/{1,2}.png")));
  }

  @Test
  void twoStarsStandForAnyNumberOfFolders() throws IOException {
    touch("x.png", "a/x.png", "a/b/x.png", "a/b/y.png");
    assertEquals(List.of("a/b/x", "a/x", "x"), names(path("**/x.png")));
  }

  @Test
  void aFileWhoseNameLooksLikeAPatternIsTheFile() throws IOException {
    touch("[1].png", "1.png");
    assertEquals(List.of("[1]"), names(path("[1].png")));
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    touch("notes.txt");
    assertRefused("no such file or folder", path("none.png"));
    assertRefused("no file matches", path("*.png"));
    assertRefused("no image and no .npy or .npz file", path(""));
    assertRefused("not a pattern", path("[.png"));
    assertRefused("no file matches", path("none/*.png"));
  }

  @Test
  void twoFilesOfOneNameAreBothNamed() throws IOException {
    touch("a/x.png", "b/x.gif");
    String message = assertRefused("would be mask 'x'", path("a/x.png"), path("b/x.gif"));
    assertTrue(message.contains(path("a/x.png")) && message.contains(path("b/x.gif")), message);
    touch("c/x.png", "c/x.bmp");
    assertRefused("would be mask 'x'", path("c"));
  }

  @Test
  void namesThatAStoreCannotHoldAreRefused() throws IOException {
    touch("two\nlines.png");
    String message = assertRefused("control characters", path(""));
    assertEquals(1, message.lines().count());
    String longName = String.join("/", Stream.generate(() -> "d".repeat(250)).limit(17).toList());
    MaskFile file = new MaskFile(longName, Path.of("x.png"));
    IOException e =
        assertThrows(IOException.class, () -> MaskFiles.checkNames(List.of(file), Naming.PATH));
    assertTrue(e.getMessage().contains("4266 bytes of UTF-8, more than 4096"), e.getMessage());
    MaskFiles.checkNames(List.of(file), Naming.STEM);
  }

  @Test
  void namesThatComeOutTheSameAreRefusedByStemAndNeverBySequence() throws IOException {
    touch("a/x.png", "b/x.png");
    List<MaskFile> files = MaskFiles.resolve(List.of(path("")));
    MaskFiles.checkNames(files, Naming.PATH);
    MaskFiles.checkNames(files, Naming.SEQUENCE);
    assertThrows(IOException.class, () -> MaskFiles.checkNames(files, Naming.STEM));
  }

  @Test
  void filesThatMayHoldManyMasksNameThemWhenTheyAreOpened() throws IOException {
    touch("x.npz", "x.png", "x.TIFF", "x.json", "x.zip");
    assertEquals(List.of("x", "x", "x"), names(path("")));
  }

  @Test
  void aStoreIsOneInputAndNeverSearched() throws IOException {
    touch("s.masks/maskmap.json", "s.masks/areas.npy", "d/dataset.json", "d/p/masks.npy", "a.png");
    assertEquals(List.of("s"), names(path("s.masks")));
    // A document of another kind makes no data set.
    assertEquals(List.of("p/masks"), names(path("d")));
    Files.writeString(folder.resolve("d/dataset.json"), "{\"features\": [], \"parts\": []}");
    assertEquals(List.of("d"), names(path("d")));
    assertEquals(List.of("a"), names(path("")));
    assertEquals(List.of("a"), names(path("**/*.???")));
  }

  @Test
  void aNameThatIsNotUnicodeIsRefused() throws IOException, InterruptedException {
    assumeTrue(File.separatorChar == '/', "only where file names are bytes");
    new ProcessBuilder("/bin/sh", "-c", "touch \"$(printf 'a\\377b.png')\"")
        .directory(folder.toFile())
        .start()
        .waitFor();
    assertRefused("not valid Unicode", path(""));
  }

  private String assertRefused(String reason, String... arguments) {
    IOException e = assertThrows(IOException.class, () -> names(arguments));
    assertTrue(e.getMessage().contains(reason), e.getMessage());
    return e.getMessage();
  }

  private List<String> names(String... arguments) throws IOException {
    List<MaskFile> files = MaskFiles.resolve(List.of(arguments));
    MaskFiles.checkNames(files, Naming.PATH);
    return files.stream().map(MaskFile::name).toList();
  }

  private String path(String relative) {
    return relative.isEmpty() ? folder.toString() : folder + "/" + relative;
  }

  private void touch(String... relative) throws IOException {
    for (String name : relative) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
  }
}
