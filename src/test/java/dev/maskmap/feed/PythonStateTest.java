package dev.maskmap.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.maskmap.MaskStore;
import dev.maskmap.load.Batch;
import dev.maskmap.load.Epoch;
import dev.maskmap.load.LoaderState;
import dev.maskmap.load.PatchLoader;
import dev.maskmap.sample.Sampler;
import dev.maskmap.sample.Sampling;
import dev.maskmap.sample.Turns;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Python;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that began in Python goes on in Java, and the other way round. */
class PythonStateTest {
  private static final String LOADER =
      """
      import json, sys
      sys.path.insert(0, "src/main/python")
      sys.modules["torch"] = None
      import maskmap
      loader = maskmap.Loader(
          sys.argv[1], (8, 9), 4, sampler="foreground=0.5", seed=-5, per_mask=3, turns="flips", backend="numpy"
      )
      rows = lambda batches: [[*map(int, b["index"]), *map(int, b["y"]), *map(int, b["flip"])] for b in batches]
      """;

  @TempDir Path folder;

  @Test
  void eitherGoesOnWhereTheOtherWas() throws IOException {
    Random random = new Random(3);
    List<Pixels> masks = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      masks.add(Pixels.noise(20 + i, 15, random.nextLong()));
    }
    Path path = Stores.writeAny(folder.resolve("a.masks"), masks);
    Python python = Python.require("numpy");
    try (MaskStore store = MaskStore.open(path)) {
      Sampler sampler = Sampling.of(store, 8, 9).patchesPerMask(3).foreground(0.5, 4);
      try (PatchLoader loader =
          PatchLoader.of(store, sampler).batch(4).seed(-5).turns(Turns.FLIPS).open()) {
        String inPython =
            python.run(
                LOADER
                    + """
                    loader.set_epoch(2)
                    batches = iter(loader)
                    next(batches), next(batches)
                    print(json.dumps(loader.state_dict()))
                    print(rows(batches))
                    """,
                path.toString());
        String[] lines = inPython.split("\n");
        try (Epoch rest = loader.resume(LoaderState.fromJson(lines[0]))) {
          assertEquals(lines[0], rest.state().toJson());
          assertEquals(lines[1], rows(rest));
        }
        try (Epoch epoch = loader.epoch(3)) {
          epoch.next().close();
          String state = epoch.state().toJson();
          String then =
              python.run(
                  LOADER + "loader.load_state_dict(json.loads(sys.argv[2]))\nprint(rows(loader))",
                  path.toString(),
                  state);
          assertEquals(then.strip(), rows(epoch));
        }
      }
    }
  }

  /** As Python prints them. */
  private static String rows(Epoch epoch) {
    List<List<Long>> rows = new ArrayList<>();
    while (epoch.hasNext()) {
      try (Batch batch = epoch.next()) {
        List<Long> row = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
          row.add(batch.mask(i));
        }
        for (int i = 0; i < batch.size(); i++) {
          row.add((long) batch.y(i));
        }
        for (int i = 0; i < batch.size(); i++) {
          row.add((long) batch.turn(i));
        }
        rows.add(row);
      }
    }
    return rows.toString();
  }
}
