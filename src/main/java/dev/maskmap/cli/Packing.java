package dev.maskmap.cli;

import dev.maskmap.convert.ForegroundRule;
import dev.maskmap.convert.ImportOptions;
import dev.maskmap.convert.ImportProgress;
import dev.maskmap.convert.ImportSummary;
import dev.maskmap.convert.LabelMap;
import dev.maskmap.convert.Labels;
import dev.maskmap.convert.MaskImport;
import dev.maskmap.convert.MaskInput;
import dev.maskmap.convert.RuleImport;
import java.io.IOException;
import java.util.List;

/** From inputs to stores on disk, or nothing. */
final class Packing {
  private Packing() {}

  /**
   * Packs one mask of each item into {@code output}, which is closed by the caller.
   *
   * @throws IOException if an item cannot be packed or the store cannot be written; nothing of it
   *     is seen then, and a store that was there before still is
   */
  static RuleImport.Result run(
      List<MaskInput> inputs,
      ForegroundRule rule,
      ImportOptions options,
      StoreOutput output,
      ImportProgress progress)
      throws IOException, InterruptedException {
    RuleImport.Result result = RuleImport.run(inputs, rule, options, output::add, progress);
    if (result.summary().masks() > 0) {
      output.commit();
    }
    return result;
  }

  /** Packs the labels of each item into {@code stores}, as {@link #run}. */
  static ImportSummary split(
      List<MaskInput> inputs,
      Labels labels,
      ImportOptions options,
      LabelStores stores,
      ImportProgress progress)
      throws IOException, InterruptedException {
    ImportSummary summary =
        MaskImport.run(inputs, options, item -> LabelMap.read(item, labels), stores::add, progress);
    if (summary.masks() > 0) {
      stores.commit();
    }
    return summary;
  }
}
