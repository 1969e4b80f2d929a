package dev.maskmap.convert;

import dev.maskmap.MaskStore;
import dev.maskmap.convert.array.ArrayFormat;
import dev.maskmap.convert.array.ArraySource;
import dev.maskmap.convert.coco.CocoRequest;
import dev.maskmap.convert.coco.CocoSource;
import dev.maskmap.convert.image.ImageSource;
import dev.maskmap.convert.pixels.Channel;
import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.convert.pixels.MaskSource;
import dev.maskmap.convert.pixels.Messages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Opens whatever holds masks, told by its content: stores and data sets, arrays and archives of
 * them, annotations, images.
 *
 * @param channel which samples of images are wanted
 * @param arrays what arrays do not say about themselves
 * @param coco which masks are made of annotations
 */
public record Inputs(Channel channel, ArrayFormat arrays, CocoRequest coco) {
  /** White space before a JSON document that is looked past. */
  private static final int HEAD = 512;

  /** Returns the inputs that {@code files} are, none of them opened. */
  public List<MaskInput> of(List<MaskFile> files) {
    return files.stream().<MaskInput>map(FileInput::new).toList();
  }

  private final class FileInput implements MaskInput {
    private final MaskFile file;

    FileInput(MaskFile file) {
      this.file = file;
    }

    @Override
    public String name() {
      return file.name();
    }

    @Override
    public String origin() {
      return file.path().toString();
    }

    @Override
    public long bytes() {
      return MaskStore.isStore(file.path())
          ? StoreFolders.bytes(file.path())
          : file.path().toFile().length();
    }

    @Override
    public MaskSource open() throws IOException {
      return Inputs.this.open(file);
    }
  }

  private MaskSource open(MaskFile file) throws IOException {
    Path path = file.path();
    if (MaskStore.isStore(path)) {
      return StoreSource.open(path);
    }
    byte[] head = head(path);
    if (arrays.headerless() != null || ArraySource.recognises(head)) {
      return ArraySource.open(file, arrays);
    }
    return isJson(head) ? CocoSource.open(file, coco) : ImageSource.open(file, channel);
  }

  private static byte[] head(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(HEAD);
    } catch (IOException e) {
      throw new IOException(Messages.oneLine(path + ": " + Messages.unreadable(e)), e);
    }
  }

  private static boolean isJson(byte[] head) {
    boolean marked =
        head.length >= 3
            && (head[0] & 0xFF) == 0xEF
            && (head[1] & 0xFF) == 0xBB
            && (head[2] & 0xFF) == 0xBF;
    int at = marked ? 3 : 0;
    while (at < head.length && " \t\r\n".indexOf(head[at]) >= 0) {
      at++;
    }
    return at < head.length && (head[at] == '{' || head[at] == '[');
  }
}
