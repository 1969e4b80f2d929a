package dev.maskmap.convert;

import dev.maskmap.convert.array.ArraySource;
import dev.maskmap.convert.array.ImageArray;
import dev.maskmap.convert.image.FullImage;
import dev.maskmap.convert.pixels.ImagePixels;
import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.MaskPixels;
import dev.maskmap.convert.pixels.MaskSource;
import dev.maskmap.convert.pixels.Messages;
import dev.maskmap.image.ImageType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An import that takes images as they are, all of one form. */
public final class ImageImport {
  private final Form form;
  private final SizeCheck sizes;

  private ImageImport(Form form, SizeCheck sizes) {
    this.form = form;
    this.sizes = sizes;
  }

  /**
   * What all images of a store have.
   *
   * @param type of a sample
   * @param channels samples of a pixel
   * @param from the file that it was taken from, or empty where it was asked for
   */
  public record Form(ImageType type, int channels, String from) {}

  /** Says whether an image has the size that it should have. */
  @FunctionalInterface
  public interface SizeCheck {
    /** Any size is right. */
    SizeCheck NONE = (name, height, width) -> null;

    /** Returns what is wrong, as the end of a sentence that begins with the file, or null. */
    @Nullable String problem(String name, int height, int width);
  }

  /** An image on its way to the store. */
  private record Read(ImagePixels image) implements ReadMask {
    @Override
    public int height() {
      return image.height();
    }

    @Override
    public int width() {
      return image.width();
    }

    @Override
    public List<String> notes() {
      return List.of();
    }

    @Override
    public long heldBytes() {
      return image.samples().length;
    }
  }

  /**
   * Reads one image, told by its content.
   *
   * @throws IOException if it cannot be read; one line that begins with the file
   */
  public static ImagePixels read(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(8);
    } catch (IOException e) {
      throw new IOException(Messages.oneLine(file + ": " + Messages.unreadable(e)), e);
    }
    return ArraySource.recognises(head) ? ImageArray.read(file) : FullImage.read(file);
  }

  /**
   * Returns the form of the first image that can be read.
   *
   * @param channels that were asked for, or 0
   * @param keepGoing whether those that cannot be read are passed over
   * @throws IOException if none can; one line that begins with the file
   */
  public static Form form(List<MaskFile> files, int channels, boolean keepGoing)
      throws IOException {
    IOException failure = new IOException("no image to pack");
    for (MaskFile file : files) {
      try {
        ImagePixels image = read(file.path());
        return new Form(
            image.type(), channels == 0 ? image.channels() : channels, file.path().toString());
      } catch (IOException e) {
        failure = e;
        if (!keepGoing) {
          throw e;
        }
      }
    }
    throw failure;
  }

  /**
   * Reads all files, as {@link MaskImport#run} does.
   *
   * @param sink takes the images, in order
   * @throws IOException as there; also if an image has another form or size
   * @throws InterruptedException as there
   */
  public static ImportSummary run(
      List<MaskFile> files,
      Form form,
      boolean converted,
      SizeCheck sizes,
      ImportOptions options,
      MaskImport.Sink<ImagePixels> sink,
      ImportProgress progress)
      throws IOException, InterruptedException {
    ImageImport state = new ImageImport(form, sizes);
    return MaskImport.run(
        files.stream().<MaskInput>map(OneImage::new).toList(),
        options,
        item -> state.read(item, converted),
        (name, read) -> sink.take(name, read.image()),
        progress);
  }

  private Read read(MaskItem item, boolean converted) throws IOException {
    // The inputs above give no items of another kind.
    MaskFile file = ((OneImage) item).file();
    ImagePixels image = read(file.path());
    String wrong = sizes.problem(file.name(), image.height(), image.width());
    if (wrong != null) {
      throw new IOException(Messages.oneLine(file.path() + ": " + wrong));
    }
    try {
      ImagePixels fitting = converted ? image.as(form.channels()) : image;
      if (fitting.channels() == form.channels() && fitting.type() == form.type()) {
        return new Read(fitting);
      }
    } catch (IOException e) {
      throw new IOException(Messages.oneLine(file.path() + ": " + e.getMessage()), e);
    }
    boolean channels = image.type() == form.type();
    throw new IOException(
        Messages.oneLine(
            "%s: %s, and %s has %d of %s; all images of a store have the same%s"
                .formatted(
                    file.path(),
                    image.form(),
                    form.from(),
                    form.channels(),
                    form.type(),
                    channels ? ": --as rgb (or gray, rgba) makes them so" : "")));
  }

  /** A file that is one image: the input, and the only item in it. */
  private record OneImage(MaskFile file) implements MaskInput, MaskItem {
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
    public MaskSource open() {
      return new Source(List.of(this).iterator());
    }

    @Override
    public MaskPixels read() {
      throw new UnsupportedOperationException(file.path() + ": an image, not a mask");
    }
  }

  private record Source(Iterator<OneImage> items) implements MaskSource {
    @Override
    public @Nullable MaskItem next() {
      return items.hasNext() ? items.next() : null;
    }

    @Override
    public void close() {}
  }
}
