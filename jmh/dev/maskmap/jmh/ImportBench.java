package dev.maskmap.jmh;

import dev.maskmap.MaskStoreWriter;
import dev.maskmap.convert.ForegroundRule;
import dev.maskmap.convert.ImportOptions;
import dev.maskmap.convert.ImportProgress;
import dev.maskmap.convert.Inputs;
import dev.maskmap.convert.MaskFiles;
import dev.maskmap.convert.MaskInput;
import dev.maskmap.convert.RuleImport;
import dev.maskmap.convert.array.ArrayFormat;
import dev.maskmap.convert.coco.CocoRequest;
import dev.maskmap.convert.image.BitPng;
import dev.maskmap.convert.pixels.Channel;
import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.convert.pixels.PackedMask;
import dev.maskmap.convert.pixels.PixelValues;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A folder of full-HD PNGs of one bit into a store, on all cores; the same with {@code ImageIO} in
 * place of our decoder (the baseline), and the inflating alone (the bound). {@code -p folder=...}
 * takes other files, {@code -jvmArgsAppend -Djava.io.tmpdir=/dev/shm} leaves the disk out.
 *
 * <pre>bin/maskmap-bench ImportBench</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 7)
@Fork(2)
public class ImportBench {
  private static final int JOBS = Runtime.getRuntime().availableProcessors();

  /** How many files are drawn. */
  @Param("1000")
  public int files = 1000;

  /** A folder of PNGs that is taken instead; empty to draw some. */
  @Param("")
  public String folder = "";

  private Path work = Path.of("");
  private List<MaskFile> found = List.of();

  /** Draws the files. */
  @Setup
  public void draw() throws IOException {
    work = Files.createTempDirectory("maskmap-bench");
    Path pictures = folder.isEmpty() ? Files.createDirectory(work.resolve("png")) : Path.of(folder);
    if (folder.isEmpty()) {
      for (int i = 0; i < files; i++) {
        Files.write(pictures.resolve("%06d.png".formatted(i)), BitPng.encode(mask(i), 6));
      }
    }
    found = MaskFiles.resolve(List.of(pictures.toString()));
  }

  private static PackedMask mask(long seed) throws IOException {
    PixelValues.Narrow pixels = new PixelValues.Narrow(rectangles(seed));
    return ForegroundRule.nonZero()
        .pack(
            new DecodedImage(
                "mask", BenchData.HEIGHT, BenchData.WIDTH, DecodedImage.Kind.GRAY, pixels));
  }

  private static byte[] rectangles(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int width = BenchData.WIDTH;
    byte[] pixels = new byte[BenchData.HEIGHT * width];
    for (int shapes = 0; shapes < 6; shapes++) {
      int y = random.nextInt(BenchData.HEIGHT - 300);
      int x = random.nextInt(width - 500);
      int end = y + 20 + random.nextInt(280);
      int length = 20 + random.nextInt(480);
      for (; y < end; y++) {
        Arrays.fill(pixels, y * width + x, y * width + x + length, (byte) 1);
      }
    }
    return pixels;
  }

  /** Deletes them. */
  @TearDown
  public void delete() throws IOException {
    try (Stream<Path> all = Files.walk(work)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** What {@code pack} does. Returns the store. */
  @Benchmark
  public Path importPngs() throws IOException, InterruptedException {
    Inputs inputs = new Inputs(Channel.VALUES, ArrayFormat.plain(), CocoRequest.plain());
    return write(inputs.of(found));
  }

  /** The same, decoded by {@code ImageIO.read}. Returns the store. */
  @Benchmark
  public Path importThroughImageIo() throws IOException, InterruptedException {
    return write(found.stream().<MaskInput>map(ImageIoInput::new).toList());
  }

  private Path write(List<MaskInput> inputs) throws IOException, InterruptedException {
    Path store = work.resolve("t.masks");
    try (MaskStoreWriter writer = MaskStoreWriter.replace(store)) {
      RuleImport.run(
          inputs,
          ForegroundRule.nonZero(),
          ImportOptions.plain(JOBS),
          (name, mask) ->
              writer.addPacked(
                  name, mask.height(), mask.width(), MemorySegment.ofArray(mask.rows())),
          ImportProgress.NONE);
      writer.commit();
    }
    return store;
  }

  /** Inflates the image data of all files, on as many threads. Returns the bytes. */
  @Benchmark
  public long inflateAlone() throws IOException, InterruptedException, ExecutionException {
    List<Future<Long>> parts = new ArrayList<>();
    try (ExecutorService workers = Executors.newFixedThreadPool(JOBS)) {
      for (MaskFile file : found) {
        parts.add(workers.submit(() -> inflate(Files.readAllBytes(file.path()))));
      }
    }
    long bytes = 0;
    for (Future<Long> part : parts) {
      bytes += part.get();
    }
    return bytes;
  }

  private static long inflate(byte[] png) throws DataFormatException {
    ByteBuffer file = ByteBuffer.wrap(png);
    byte[] out = new byte[1 << 15];
    long bytes = 0;
    try (InflaterOfChunks inflater = new InflaterOfChunks()) {
      for (int at = 8, length; at < png.length; at += 12 + length) {
        length = file.getInt(at);
        if (file.getInt(at + 4) == 0x49444154) { // IDAT
          bytes += inflater.inflate(png, at + 8, length, out);
        }
      }
    }
    return bytes;
  }

  /** Ends its inflater. */
  private static final class InflaterOfChunks implements AutoCloseable {
    private final Inflater inflater = new Inflater();

    long inflate(byte[] in, int from, int length, byte[] out) throws DataFormatException {
      inflater.setInput(in, from, length);
      long bytes = 0;
      for (int n; (n = inflater.inflate(out)) > 0; ) {
        bytes += n;
      }
      return bytes;
    }

    @Override
    public void close() {
      inflater.end();
    }
  }
}
