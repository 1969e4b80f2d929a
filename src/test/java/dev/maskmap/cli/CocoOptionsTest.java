package dev.maskmap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.coco.CocoRequest;
import dev.maskmap.convert.coco.CocoRequest.Crowd;
import dev.maskmap.convert.coco.CocoRequest.Per;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** What people write, and what it asks for. */
class CocoOptionsTest {

  @Command
  static final class Host {
    @Mixin final CocoOptions coco = new CocoOptions();
  }

  @Test
  void withoutOptionsItIsOneMaskAnImage() {
    assertEquals(CocoRequest.plain(), request());
  }

  @Test
  void everyOptionReachesTheRequest() {
    assertEquals(
        new CocoRequest(
            Per.CATEGORY, List.of("cat", "traffic light", "17"), Crowd.SKIP, Path.of("segments")),
        request(
            "--coco", "per-category",
            "--category", "cat,traffic light",
            "--category", "17",
            "--crowd", "skip",
            "--panoptic", "segments"));
    assertEquals(Per.ANNOTATION, request("--coco", "per-annotation").per());
    assertEquals(Per.IMAGE, request("--coco", "per-image").per());
  }

  @Test
  void aWordThatIsNoneIsAnsweredWithThoseThatAre() {
    assertRefused("expected per-annotation, per-category or per-image", "--coco", "image");
    assertRefused("expected include or skip", "--crowd", "no");
  }

  private static CocoRequest request(String... args) {
    Host host = new Host();
    new CommandLine(host).parseArgs(args);
    return host.coco.request();
  }

  private static void assertRefused(String words, String... args) {
    String message = assertThrows(ParameterException.class, () -> request(args)).getMessage();
    assertTrue(message.contains(words) && message.contains(args[0]), message);
  }
}
