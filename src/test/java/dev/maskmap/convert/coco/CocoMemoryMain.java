package dev.maskmap.convert.coco;

import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.MaskSource;
import dev.maskmap.convert.pixels.PackedMask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Reads all masks of an annotation file, in a JVM that has little memory. */
final class CocoMemoryMain {
  private CocoMemoryMain() {}

  public static void main(String[] args) throws IOException {
    Path path = Path.of(args[0]);
    CocoRequest.Per per = CocoRequest.Per.valueOf(args[1].toUpperCase(Locale.ROOT));
    int masks = 0;
    long foreground = 0;
    long started = System.nanoTime();
    try (MaskSource source = CocoSource.open(CocoFiles.file(path), CocoFiles.per(per))) {
      System.err.printf("opened after %d ms%n", (System.nanoTime() - started) / 1_000_000);
      for (MaskItem item = source.next(); item != null; item = source.next()) {
        foreground += CocoFiles.count((PackedMask) item.read());
        masks++;
      }
    } catch (IOException e) {
      System.out.println(e.getMessage());
      return;
    }
    System.err.printf("read after %d ms%n", (System.nanoTime() - started) / 1_000_000);
    System.out.printf("%d masks, %d pixels%n", masks, foreground);
  }
}
