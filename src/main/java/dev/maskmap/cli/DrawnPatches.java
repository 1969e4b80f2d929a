package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.Region;
import dev.maskmap.sample.Place;
import dev.maskmap.sample.Sampler;
import dev.maskmap.sample.Turns;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first patches of an epoch, as a sampler draws them.
 *
 * @param count how many, at most as many as the epoch has
 */
record DrawnPatches(MaskStore store, Sampler sampler, long seed, long epoch, long count) {
  /** Written at once. */
  private static final int BLOCK_CHARACTERS = 1 << 14;

  /** Those of {@code wanted} patches that the epoch has. */
  static DrawnPatches of(MaskStore store, Sampler sampler, long seed, long epoch, long wanted) {
    return new DrawnPatches(store, sampler, seed, epoch, Math.min(wanted, sampler.size()));
  }

  /** What a sheet shows. */
  List<Spot> spots() {
    Place place = new Place();
    List<Spot> spots = new ArrayList<>();
    for (long k = 0; k < count; k++) {
      boolean kept = sampler.draw(seed, epoch, k, place);
      spots.add(new Spot(place.mask(), region(place), kept ? "" : "gave up"));
    }
    return spots;
  }

  /** What of a patch lies in its mask. */
  private Region region(Place at) {
    return Region.of(
        at.y(),
        at.x(),
        Math.min(sampler.height(), store.height(at.mask()) - at.y()),
        Math.min(sampler.width(), store.width(at.mask()) - at.x()));
  }

  /**
   * Writes them as comma-separated values, one patch a line, under a line of headings. Names are
   * quoted where they have to be (RFC 4180).
   *
   * @param turns that a loader is told of; null without a column for them
   * @return patches at which the sampler gave up
   */
  long writeList(Path file, boolean overwrite, @Nullable Turns turns) throws IOException {
    long[] gaveUp = {0};
    OutputFile.write(file, overwrite, channel -> gaveUp[0] = writeList(channel, turns));
    return gaveUp[0];
  }

  private long writeList(FileChannel channel, @Nullable Turns turns) throws IOException {
    StringBuilder block = new StringBuilder("k,mask,name,y,x,height,width,");
    block.append(turns == null ? "" : "turn,").append("gave_up\n");
    Place place = new Place();
    long gaveUp = 0;
    for (long k = 0; k < count; k++) {
      boolean kept = sampler.draw(seed, epoch, k, place);
      gaveUp += kept ? 0 : 1;
      Region region = region(place);
      block.append(k).append(',').append(place.mask()).append(',');
      block.append(quoted(store.name(place.mask()))).append(',');
      block.append(region.y()).append(',').append(region.x()).append(',');
      block.append(region.height()).append(',').append(region.width()).append(',');
      if (turns != null) {
        block.append(turns.code(seed, epoch, k)).append(',');
      }
      block.append(kept ? 0 : 1).append('\n');
      if (block.length() > BLOCK_CHARACTERS) {
        write(channel, block);
      }
    }
    write(channel, block);
    return gaveUp;
  }

  private static void write(FileChannel channel, StringBuilder block) throws IOException {
    OutputFile.writeAll(channel, StandardCharsets.UTF_8.encode(block.toString()));
    block.setLength(0);
  }

  private static String quoted(String name) {
    boolean plain = name.indexOf(',') < 0 && name.indexOf('"') < 0;
    return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
