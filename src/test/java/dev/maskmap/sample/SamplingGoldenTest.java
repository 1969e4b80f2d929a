package dev.maskmap.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.maskmap.testing.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The draws that Java and Python are both held to: src/test/golden/sampling.txt has the masks, and
 * what each sampler draws of them. The Python package has a test of the same file.
 */
class SamplingGoldenTest {
  private static final Path FILE = Path.of("src/test/golden/sampling.txt");

  private static final long[][] SEEDS = {{1, 2}, {-1, Long.MAX_VALUE}};

  private final Place place = new Place();

  @Test
  void everySamplerDrawsWhatTheFileSays() throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(
        "# Written by SamplingGoldenTest. Lines of a sampler: mask, y, x, 1 if it is kept.\n");
    Pixels[] pixels = pixels();
    for (Pixels mask : pixels) {
      String packed = HexFormat.of().formatHex(mask.packed());
      text.append("mask %d %d %s\n".formatted(mask.height(), mask.width(), packed));
    }
    for (Map.Entry<String, Sampler> entry : samplers(FakeMasks.of(pixels)).entrySet()) {
      for (long[] at : SEEDS) {
        text.append("sampler %s %d %d\n".formatted(entry.getKey(), at[0], at[1]));
        append(text, entry.getValue(), at[0], at[1]);
      }
      text.append("describe %s %s\n".formatted(entry.getKey(), entry.getValue().describe()));
    }
    for (Turns turns : Turns.values()) {
      text.append("turns %s".formatted(turns.name().toLowerCase(Locale.ROOT)));
      for (long k = 0; k < 40; k++) {
        text.append(" ").append(turns.code(SEEDS[1][0], SEEDS[1][1], k));
      }
      text.append("\n");
    }
    // Where this fails and is meant to, what it should be is beside the build.
    Files.writeString(Path.of("target/sampling.txt"), text);
    assertEquals(Files.readString(FILE), text.toString());
  }

  private void append(StringBuilder text, Sampler sampler, long seed, long epoch) {
    for (long k = 0; k < sampler.size(); k++) {
      int kept = sampler.draw(seed, epoch, k, place) ? 1 : 0;
      text.append("%d %d %d %d\n".formatted(place.mask(), place.y(), place.x(), kept));
    }
  }

  private static Pixels[] pixels() {
    List<Pixels> masks = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      masks.add(Pixels.blobs(20 + i, 45 - i, 40 + i));
    }
    masks.add(Pixels.noise(9, 60, 3));
    masks.add(Pixels.of(30, 30, new BitSet()));
    return masks.toArray(Pixels[]::new);
  }

  /** Under the names by which the other test makes the same ones. */
  private static Map<String, Sampler> samplers(Masks masks) {
    Sampling sampling = Sampling.of(masks, 8, 9);
    Map<String, Sampler> samplers = new LinkedHashMap<>();
    samplers.put("uniform", sampling.patchesPerMask(3).uniform());
    samplers.put("area", sampling.patchesPerMask(2).byArea());
    samplers.put("foreground", sampling.patchesPerMask(3).foreground(0.5, 5));
    samplers.put("foreground-of-all", sampling.patchesPerMask(3).foregroundOfAll(0.75, 4));
    samplers.put("at-least", sampling.atLeast(sampling.patchesPerMask(3).uniform(), 20, 7));
    samplers.put("at-least-foreground", sampling.atLeast(sampling.foreground(0.5, 2), 20, 7));
    samplers.put("grid", sampling.grid(7, 20));
    Sampling large = Sampling.of(masks, 15, 40);
    samplers.put("pad", large.smallMasks(SmallMasks.PAD).patchesPerMask(2).foreground(0.5, 2));
    samplers.put("skip", large.smallMasks(SmallMasks.SKIP).patchesPerMask(2).byArea());
    Masks some = masks.without(0, 3).only(5, 1, 6);
    samplers.put("some", Sampling.of(some, 8, 9).patchesPerMask(4).foregroundOfAll(0.5, 2));
    double[] weights = {0.5, 0, 3, 1, 2.25, 1e-6, 1, 1, 4};
    samplers.put("weights", sampling.patchesPerMask(3).weights(weights).uniform());
    samplers.put(
        "weights-foreground", sampling.patchesPerMask(3).weights(weights).foreground(0.75, 4));
    samplers.put(
        "weights-skip",
        large.smallMasks(SmallMasks.SKIP).patchesPerMask(5).weights(weights).foreground(0.75, 4));
    List<ClassShare> classes =
        List.of(new ClassShare("first", masks, 0.3), new ClassShare("second", masks, 0.2));
    samplers.put("classes", sampling.patchesPerMask(3).foregroundOfClasses(classes, 10));
    samplers.put("part", sampling.atLeast(sampling.patchesPerMask(3).byArea(), 0.3, 5));
    samplers.put("overlap", sampling.gridOverlap(3));
    return samplers;
  }
}
