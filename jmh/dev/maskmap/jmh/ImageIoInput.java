package dev.maskmap.jmh;

import dev.maskmap.convert.MaskInput;
import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.MaskPixels;
import dev.maskmap.convert.pixels.MaskSource;
import dev.maskmap.convert.pixels.PixelValues;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.file.Files;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** A PNG of one bit, decoded by {@code ImageIO.read}: what {@link ImportBench} compares with. */
record ImageIoInput(MaskFile file) implements MaskInput {
  static {
    ImageIO.setUseCache(false);
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
    try {
      return Files.size(file.path());
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public MaskSource open() {
    return new Source(new Item(this));
  }

  private static final class Source implements MaskSource {
    private @Nullable MaskItem item;

    Source(MaskItem item) {
      this.item = item;
    }

    @Override
    public @Nullable MaskItem next() {
      MaskItem next = item;
      item = null;
      return next;
    }

    @Override
    public void close() {}
  }

  private record Item(ImageIoInput input) implements MaskItem {
    @Override
    public String name() {
      return input.name();
    }

    @Override
    public String origin() {
      return input.origin();
    }

    @Override
    public long bytes() {
      return input.bytes();
    }

    @Override
    public MaskPixels read() throws IOException {
      BufferedImage image = ImageIO.read(input.file.path().toFile());
      byte[] rows = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
      int height = image.getHeight();
      int width = image.getWidth();
      PixelValues.Bits bits = new PixelValues.Bits(rows, height, width);
      return new DecodedImage(origin(), height, width, DecodedImage.Kind.GRAY, bits);
    }
  }
}
