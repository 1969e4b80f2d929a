package dev.maskmap.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What may never change: a seed gives the patches that it gave. */
class SamplingFormatTest {
  private static final Path DOC = Path.of("docs/sampling.md");

  private final Place place = new Place();

  private static FakeMasks masks() {
    List<Pixels> masks = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      masks.add(Pixels.blobs(20 + i, 45 - i, i % 4 == 3 ? 1 : i));
    }
    masks.add(Pixels.of(30, 30, new BitSet()));
    return new FakeMasks(masks, masks.size());
  }

  private static final double[] WEIGHTS = {1, 0, 2.5, 1e-3, 7, 1, 0.1, 3, 0, 1, 5};

  /** The masks and, as another class, themselves turned by half. */
  private static Sampler classes(Sampling sampling, FakeMasks masks) {
    return sampling.foregroundOfClasses(
        List.of(new ClassShare("a", masks, 0.5), new ClassShare("b", turned(masks), 0.25)), 4);
  }

  private static FakeMasks turned(FakeMasks masks) {
    List<Pixels> turned = new ArrayList<>();
    for (long i = 0; i < masks.size(); i++) {
      Pixels mask = masks.pixels(i);
      int last = mask.height() * mask.width() - 1;
      BitSet bits = new BitSet();
      mask.bits().stream().forEach(bit -> bits.set(last - bit));
      turned.add(Pixels.of(mask.height(), mask.width(), bits));
    }
    return new FakeMasks(turned, masks.size());
  }

  /** The masks in Python. */
  private static String list(FakeMasks masks) {
    StringBuilder list = new StringBuilder("[");
    for (long i = 0; i < masks.size(); i++) {
      list.append("Mask(%d, %d, [".formatted(masks.height(i), masks.width(i)));
      for (long n = 0; n < masks.foreground(i); n++) {
        long at = masks.select(i, n);
        list.append("(%d, %d), ".formatted(at / masks.width(i), at % masks.width(i)));
      }
      list.append("]), ");
    }
    return list.append("]").toString();
  }

  private String draw(Sampler sampler, long seed, long epoch) {
    StringBuilder text = new StringBuilder();
    for (long k = 0; k < sampler.size(); k++) {
      sampler.draw(seed, epoch, k, place);
      text.append("%d %d %d\n".formatted(place.mask(), place.y(), place.x()));
    }
    return text.toString();
  }

  /** A method of its own in another language, written from the description. */
  @Test
  void thePythonOfTheDescriptionDrawsTheSame() throws IOException {
    Python python = Python.require("math");
    FakeMasks masks = masks();
    String doc = Files.readString(DOC);
    int begin = doc.indexOf("```python\n") + "```python\n".length();
    String method = doc.substring(begin, doc.indexOf("```", begin));
    String use =
        """
        from collections import namedtuple
        Mask = namedtuple("Mask", "height width foreground")
        masks = %s
        turned = %s
        shapes = [(m.height, m.width) for m in masks]
        weights = [1, 0, 2.5, 1e-3, 7, 1, 0.1, 3, 0, 1, 5]
        empty = [0, 1e-6, 0, 0, 0, 0, 0, 0, 0, 0, 1e6]
        for seed, epoch in (0, 0), (-1, 7), (2 ** 63 - 1, -5):
            for k in range(33):
                print(*uniform(shapes, (8, 9), seed, epoch, k, 3))
                print(*uniform(shapes, (8, 9), seed, epoch, k, 300))
            for k in range(11):
                print(*by_area(shapes, (8, 9), seed, epoch, k))
            for k in range(11):
                print(*foreground(masks, (8, 9), 0.5, 5, seed, epoch, k))
            for k in range(11):
                print(*foreground(masks, (8, 9), 0.75, 4, seed, epoch, k, of_all=True))
            for k in range(11):
                print(*uniform(shapes, (8, 9), seed, epoch, k, weights=weights))
            for k in range(11):
                print(*foreground(masks, (8, 9), 0.75, 4, seed, epoch, k, weights=weights))
            for k in range(11):
                print(*foreground(masks, (8, 9), 1, 1, seed, epoch, k, weights=empty))
            for k in range(11):
                print(*classes(masks, [masks, turned], (8, 9), [0.5, 0.25], 4, seed, epoch, k))
            for k in range(11):
                print(turn(range(8), seed, epoch, k), turn([0, 4, 2, 6], seed, epoch, k))
        """
            .formatted(list(masks), list(turned(masks)));
    Sampling sampling = Sampling.of(masks, 8, 9);
    StringBuilder expected = new StringBuilder();
    for (long[] at : new long[][] {{0, 0}, {-1, 7}, {Long.MAX_VALUE, -5}}) {
      for (long k = 0; k < 33; k++) {
        for (int perMask : new int[] {3, 300}) {
          sampling.patchesPerMask(perMask).uniform().draw(at[0], at[1], k, place);
          expected.append("%d %d %d\n".formatted(place.mask(), place.y(), place.x()));
        }
      }
      expected.append(draw(sampling.byArea(), at[0], at[1]));
      expected.append(draw(sampling.foreground(0.5, 5), at[0], at[1]));
      expected.append(draw(sampling.foregroundOfAll(0.75, 4), at[0], at[1]));
      Sampling weighed = sampling.weights(WEIGHTS);
      expected.append(draw(weighed.uniform(), at[0], at[1]));
      expected.append(draw(weighed.foreground(0.75, 4), at[0], at[1]));
      // Nearly all turns go to the mask without foreground: the last resort is needed.
      Sampling empty = sampling.weights(0, 1e-6, 0, 0, 0, 0, 0, 0, 0, 0, 1e6);
      expected.append(draw(empty.foreground(1, 1), at[0], at[1]));
      expected.append(draw(classes(sampling, masks), at[0], at[1]));
      for (long k = 0; k < 11; k++) {
        int all = Turns.ALL.code(at[0], at[1], k);
        expected.append("%d %d\n".formatted(all, Turns.FLIPS.code(at[0], at[1], k)));
      }
    }
    assertEquals(expected.toString(), python.run("import math\n" + method + use));
  }

  @Test
  void valuesArePinned() {
    Sampling sampling = Sampling.of(masks(), 8, 9);
    assertEquals(PINNED_UNIFORM, draw(sampling.uniform(), 1, 2));
    assertEquals(PINNED_AREA, draw(sampling.byArea(), 1, 2));
    assertEquals(PINNED_FOREGROUND, draw(sampling.foreground(0.5, 2), -1, 2));
    assertEquals(PINNED_ALL, draw(sampling.foregroundOfAll(0.5, 2), 1, 2));
    assertEquals(PINNED_WEIGHTS, draw(sampling.weights(WEIGHTS).uniform(), 1, 2));
    assertEquals(
        PINNED_WEIGHED_FOREGROUND, draw(sampling.weights(WEIGHTS).foreground(0.5, 2), 1, 2));
    assertEquals(PINNED_CLASSES, draw(classes(sampling, masks()), 1, 2));
    assertEquals(PINNED_AT_LEAST, draw(sampling.atLeast(sampling.uniform(), 30, 20), 1, 2));
  }

  private static final String PINNED_UNIFORM =
      """
      0 5 28
      6 1 13
      9 7 1
      7 1 19
      2 12 5
      8 2 11
      10 8 16
      3 4 10
      5 5 17
      4 14 29
      1 0 11
      """;
  private static final String PINNED_AREA =
      """
      2 6 27
      2 0 14
      5 5 2
      7 1 19
      5 15 5
      9 2 11
      8 7 21
      4 4 10
      1 4 19
      2 12 31
      6 1 9
      """;
  private static final String PINNED_FOREGROUND =
      """
      0 10 27
      10 11 20
      1 1 14
      4 6 28
      8 4 8
      5 4 23
      7 1 20
      6 10 25
      3 1 9
      2 1 28
      9 3 27
      """;
  private static final String PINNED_ALL =
      """
      4 5 31
      6 1 13
      5 5 22
      7 1 19
      5 8 16
      8 2 11
      8 4 9
      3 4 10
      3 0 19
      4 14 29
      6 7 0
      """;
  private static final String PINNED_AT_LEAST =
      """
      0 1 17
      6 4 1
      9 11 21
      7 10 20
      2 13 19
      8 2 11
      10 20 17
      3 12 9
      5 5 17
      4 14 29
      1 8 13
      """;
  private static final String PINNED_WEIGHTS =
      """
      10 10 17
      5 1 13
      7 6 2
      4 1 21
      10 19 3
      7 2 12
      10 8 16
      4 4 10
      10 7 11
      4 14 29
      10 1 6
      """;
  private static final String PINNED_WEIGHED_FOREGROUND =
      """
      7 1 10
      5 1 13
      7 0 7
      4 1 21
      7 3 7
      7 2 12
      2 13 20
      4 4 10
      4 4 11
      4 14 29
      5 2 13
      """;
  private static final String PINNED_CLASSES =
      """
      4 5 31
      4 7 11
      5 11 13
      7 1 19
      5 8 16
      9 2 7
      8 15 21
      3 4 10
      3 0 19
      4 14 32
      6 7 24
      """;
}
