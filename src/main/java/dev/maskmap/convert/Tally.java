package dev.maskmap.convert;

import java.util.List;

/** How far an import is. Items tell their bytes about; where an input ends it is exact again. */
final class Tally {
  private final ImportProgress progress;
  private final int allInputs;
  private final long allBytes;
  private long masks;
  private int inputs;
  private long endedBytes;
  private long itemBytes;

  Tally(List<MaskInput> inputs, ImportProgress progress) {
    this.progress = progress;
    this.allInputs = inputs.size();
    this.allBytes = inputs.stream().mapToLong(MaskInput::bytes).sum();
  }

  void mask(long bytes) {
    masks++;
    itemBytes += bytes;
    tell();
  }

  void end(MaskInput input) {
    inputs++;
    endedBytes += input.bytes();
    itemBytes = 0;
    tell();
  }

  private void tell() {
    long bytes = Math.min(allBytes, endedBytes + itemBytes);
    progress.update(new ImportProgress.State(masks, inputs, allInputs, bytes, allBytes));
  }

  long masks() {
    return masks;
  }

  long allBytes() {
    return allBytes;
  }
}
