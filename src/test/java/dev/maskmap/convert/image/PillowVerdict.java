package dev.maskmap.convert.image;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.pixels.Channel;
import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.MaskSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How one file was read.
 *
 * @param file below the folder that was looked at
 * @param verdict one of the constants here
 * @param reason why, where it is not equal
 */
record PillowVerdict(String file, String verdict, String reason) {
  static final String EQUAL = "equal to Pillow";
  static final String DIFFERS = "differs";
  static final String REFUSED = "refused";
  static final String ALONE = "imported, though Pillow refuses it";

  /** Compares all images in and below {@code folder}, all pages, values and alpha. */
  static List<PillowVerdict> ofAll(String shown, Path folder) throws IOException {
    Map<String, List<String>> pages = new TreeMap<>();
    for (String line : PillowPixels.lines(folder)) {
      pages.computeIfAbsent(line.split("\t")[0], name -> new ArrayList<>()).add(line);
    }
    assertTrue(pages.size() > 0, "no image in " + folder);
    List<PillowVerdict> all = new ArrayList<>();
    for (Map.Entry<String, List<String>> file : pages.entrySet()) {
      Path path = folder.resolve(file.getKey());
      all.add(of(shown + file.getKey(), path, file.getValue()));
    }
    return all;
  }

  private static PillowVerdict of(String shown, Path path, List<String> lines) throws IOException {
    boolean readable = lines.stream().noneMatch(line -> line.contains("\tunreadable\t"));
    try {
      List<MaskItem> items = items(path, Channel.VALUES);
      List<MaskItem> alphas = items(path, Channel.ALPHA);
      if (!readable || items.size() != lines.size()) {
        for (MaskItem item : items) {
          item.read();
        }
        String pages = items.size() + " pages, expected " + lines.size();
        return new PillowVerdict(
            shown, readable ? DIFFERS : ALONE, readable ? pages : lines.getLast());
      }
      for (int i = 0; i < lines.size(); i++) {
        String difference = compare(lines.get(i).split("\t", 3)[2], items.get(i), alphas.get(i));
        if (!difference.isEmpty()) {
          return new PillowVerdict(shown, DIFFERS, difference);
        }
      }
      return new PillowVerdict(shown, EQUAL, lines.size() == 1 ? "" : lines.size() + " pages");
    } catch (IOException e) {
      String reason = e.getMessage().substring(path.toString().length() + 2);
      return new PillowVerdict(shown, REFUSED, reason + (readable ? " (Pillow reads it)" : ""));
    }
  }

  private static String compare(String expected, MaskItem item, MaskItem alpha) throws IOException {
    String[] parts = expected.split("\t");
    String ours = PillowPixels.describe((DecodedImage) item.read(), parts[3]);
    String theirs = expected.substring(0, expected.lastIndexOf('\t'));
    if (!ours.equals(theirs)) {
      return "values: " + theirs + " but was " + ours;
    }
    String[] rule = parts[5].split(" ");
    if (rule.length == 2) {
      String read = PillowPixels.describeAlpha((DecodedImage) alpha.read(), rule[0]);
      return read.equals(parts[5]) ? "" : "alpha: " + parts[5] + " but was " + read;
    }
    return "";
  }

  private static List<MaskItem> items(Path path, Channel channel) throws IOException {
    List<MaskItem> items = new ArrayList<>();
    try (MaskSource source = ImageSource.open(new MaskFile("mask", path), channel)) {
      for (MaskItem item = source.next(); item != null; item = source.next()) {
        items.add(item);
      }
    }
    return items;
  }
}
