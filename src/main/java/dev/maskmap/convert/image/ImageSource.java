package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.Channel;
import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.MaskPixels;
import dev.maskmap.convert.pixels.MaskSource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Stand-in for the class of the image inputs. */
public final class ImageSource implements MaskSource {
  private @Nullable MaskFile file;

  private ImageSource(MaskFile file) {
    this.file = file;
  }

  /** Opens {@code file}. */
  public static MaskSource open(MaskFile file, Channel channel) throws IOException {
    return new ImageSource(file);
  }

  @Override
  public @Nullable MaskItem next() {
    MaskFile next = file;
    file = null;
    return next == null ? null : new Item(next);
  }

  @Override
  public void close() {}

  private record Item(MaskFile file) implements MaskItem {
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
      return file.path().toFile().length();
    }

    @Override
    public MaskPixels read() throws IOException {
      return ImageDecoder.read(file.path());
    }
  }
}
