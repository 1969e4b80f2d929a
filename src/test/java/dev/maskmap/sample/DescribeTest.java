package dev.maskmap.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Python;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Descriptions are kept in the states of loaders, so they stay as they are. */
class DescribeTest {
  private static FakeMasks masks(int count) {
    BitSet bits = new BitSet();
    bits.set(7);
    return new FakeMasks(List.of(Pixels.of(300, 300, bits)), count);
  }

  private static Sampling sampling(Masks masks) {
    return Sampling.of(masks, 256, 128);
  }

  @Test
  void everyKindIsPinned() {
    Masks masks = masks(1000);
    Sampling four = sampling(masks).patchesPerMask(4);
    is("uniform 256x128 per_mask=4 small=error masks=1000", four.uniform());
    is(
        "area 256x128 per_mask=1 small=pad masks=1000",
        sampling(masks).smallMasks(SmallMasks.PAD).byArea());
    is("foreground=21/64 256x128 per_mask=4 small=error masks=1000", four.foreground(0.33, 64));
    is(
        "foreground-of-all=1/2 256x128 per_mask=4 small=error masks=1000",
        four.foregroundOfAll(0.5, 2));
    is(
        "classes=13,6,0/64 256x128 per_mask=4 small=error masks=1000",
        four.foregroundOfClasses(
            List.of(
                new ClassShare("a", masks, 0.2),
                new ClassShare("b", masks, 0.1),
                new ClassShare("c", masks, 0)),
            64));
    is("grid=100x90 256x128 small=skip masks=1000", four.smallMasks(SmallMasks.SKIP).grid(100, 90));
    is("grid=240x112 256x128 small=error masks=1000", sampling(masks).gridOverlap(16));
    is(
        "at-least=100*16 foreground=21/64 256x128 per_mask=4 small=error masks=1000",
        four.atLeast(four.foreground(0.33, 64), 100, 16));
    is(
        "at-least=1639*9 uniform 256x128 per_mask=4 small=error masks=1000",
        four.atLeast(four.uniform(), 0.05, 9));
  }

  @Test
  void subsetsAndWeightsHaveTheirChecksums() {
    Masks masks = masks(10);
    is(
        "uniform 256x128 per_mask=1 small=error masks=3/10:only:" + crc("5, 0, 9"),
        sampling(masks.only(5, 0, 9)).uniform());
    is(
        "uniform 256x128 per_mask=1 small=error masks=8/10:without:" + crc("0, 5"),
        sampling(masks.without(5, 0)).uniform());
    is(
        "uniform 256x128 per_mask=1 small=error masks=2/10:without:%s:only:%s"
            .formatted(crc("0, 5"), crc("7, 1")),
        sampling(masks.without(5, 0).only(7, 1)).uniform());
    is(
        "uniform 256x128 per_mask=1 small=error masks=2/10:only:%s weights=%s"
            .formatted(crc("7, 1"), crc("1572864, 1")),
        sampling(masks.only(7, 1)).weights(1.5, 1e-6).uniform());
    is(
        "uniform 256x128 per_mask=1 small=error masks=2/10:without:%s:only:%s:only:%s"
            .formatted(crc("0, 5"), crc("7, 1, 3"), crc("2, 0")),
        sampling(masks.without(5, 0).only(7, 1, 3).only(2, 0)).uniform());
    assertNotEquals(masks.only(5, 0).describe(), masks.only(0, 5).describe());
  }

  /** What SKIP takes away is said by SKIP, and weights are those of all. */
  @Test
  void skippedMasksDoNotShow() {
    FakeMasks masks = FakeMasks.of(Pixels.of(9, 9, new BitSet()), Pixels.of(1, 9, new BitSet()));
    Sampling sampling = Sampling.of(masks, 2, 2).smallMasks(SmallMasks.SKIP).weights(2, 1);
    is(
        "uniform 2x2 per_mask=1 small=skip masks=2 weights=" + crc("2 << 20, 1 << 20"),
        sampling.uniform());
  }

  @Test
  void aSamplerOfSomebodyElseIsItsClass() {
    is(Foreign.class.getName(), new Foreign());
  }

  private record Foreign() implements Sampler {
    @Override
    public int height() {
      return 1;
    }

    @Override
    public int width() {
      return 1;
    }

    @Override
    public long size() {
      return 1;
    }

    @Override
    public boolean draw(long seed, long epoch, long k, int attempt, Place to) {
      return true;
    }
  }

  private static void is(String expected, Sampler sampler) {
    assertEquals(expected, sampler.describe());
  }

  /** From another implementation of the checksum. */
  private static String crc(String numbers) {
    return Python.require("zlib")
        .run(
            "import zlib, struct; l = [%s]; print('%%08x' %% zlib.crc32(struct.pack('<%%dq' %% len(l), *l)))"
                .formatted(numbers))
        .strip();
  }
}
