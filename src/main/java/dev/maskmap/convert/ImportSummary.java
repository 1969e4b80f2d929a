package dev.maskmap.convert;

import java.util.List;

/**
 * What an import has read.
 *
 * @param masks that the sink took
 * @param bytes sizes of all inputs together
 * @param sizes of the masks
 * @param notes one line for each thing that the user should know, with how often and where first
 * @param failures one line for each mask or input that could not be read, the first {@link
 *     MaskImport#MAX_FAILURES} of them
 * @param failed how many there were
 */
public record ImportSummary(
    long masks,
    long bytes,
    ImportSizes sizes,
    List<String> notes,
    List<String> failures,
    long failed) {}
