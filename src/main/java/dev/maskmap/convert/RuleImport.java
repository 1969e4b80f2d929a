package dev.maskmap.convert;

import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.PackedMask;
import java.io.IOException;
import java.util.List;

/** An import that makes one mask of each item, by a rule for the foreground. */
public final class RuleImport {
  private final ForegroundRule rule;
  private final ValueTable values;
  private long decided;

  private RuleImport(ForegroundRule rule) {
    this.rule = rule;
    this.values = new ValueTable(rule);
  }

  /**
   * What was read.
   *
   * @param summary of the import
   * @param values the pixel values found
   * @param decided masks that the rule was not asked about, because they came as bits
   */
  public record Result(ImportSummary summary, ValueTable values, long decided) {}

  /** A mask and what was found in it. */
  private record Judged(PackedMask mask, ValueTable values, boolean decided) implements ReadMask {
    @Override
    public int height() {
      return mask.height();
    }

    @Override
    public int width() {
      return mask.width();
    }

    @Override
    public List<String> notes() {
      return List.of(mask.note());
    }

    @Override
    public long heldBytes() {
      return mask.rows().length;
    }
  }

  /**
   * Reads all {@code inputs}, as {@link MaskImport#run} does.
   *
   * @param sink takes the masks, in order
   * @throws IOException as there; also if the rule cannot judge an image
   * @throws InterruptedException as there
   */
  public static Result run(
      List<MaskInput> inputs,
      ForegroundRule rule,
      ImportOptions options,
      MaskImport.Sink<PackedMask> sink,
      ImportProgress progress)
      throws IOException, InterruptedException {
    RuleImport state = new RuleImport(rule);
    ImportSummary summary =
        MaskImport.run(
            inputs,
            options,
            state::judge,
            (name, judged) -> {
              sink.take(name, judged.mask());
              state.count(judged);
            },
            progress);
    return new Result(summary, state.values, state.decided);
  }

  private Judged judge(MaskItem item) throws IOException {
    return switch (item.read()) {
      case PackedMask mask -> new Judged(mask, ValueTable.of(mask, rule), true);
      case DecodedImage image -> {
        DecodedImage seen = rule.view(image);
        yield new Judged(rule.pack(seen), ValueTable.of(seen, rule), false);
      }
    };
  }

  private void count(Judged judged) {
    values.merge(judged.values());
    decided += judged.decided() ? 1 : 0;
  }
}
