package dev.maskmap.convert.coco;

import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.convert.pixels.Messages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import tools.jackson.core.JacksonException;

/**
 * What one pass over an annotation file found: images, categories, and where each annotation's
 * shape is. The shapes stay in the file. Immutable: any number of threads may use it.
 */
final class CocoIndex {
  /** A million points of 30 characters, twice. */
  static final int MAX_SHAPE_BYTES = 1 << 26;

  final Path file;
  final ImageTable images;
  final CategoryTable categories;
  final AnnotationTable annotations;
  private final BasicFileAttributes facts;
  private final String series;

  private CocoIndex(Path file, BasicFileAttributes facts, IndexBuilder index) {
    this.file = file;
    this.facts = facts;
    this.series = index.series;
    this.images = index.images;
    this.categories = index.categories;
    this.annotations = index.annotations;
  }

  /**
   * Reads {@code file} from end to end.
   *
   * @throws IOException if it cannot be read or is no annotation file; the message is one line that
   *     begins with the file
   */
  static CocoIndex of(MaskFile file) throws IOException {
    Path path = file.path();
    try {
      return scan(path, file.name());
    } catch (FileSystemException e) {
      throw new IOException(Messages.oneLine(path + ": " + Messages.unreadable(e)), e);
    } catch (JacksonException e) {
      String reason = JsonTokens.refusal(e).getMessage();
      throw new IOException(Messages.oneLine(path + ": " + reason), e);
    } catch (IOException e) {
      throw new IOException(Messages.oneLine(path + ": " + e.getMessage()), e);
    } catch (OutOfMemoryError e) {
      throw new IOException(
          Messages.oneLine(
              path
                  + ": not enough memory for the list of its annotations, some 40 bytes each:"
                  + " allow more with -Xmx, or split the file"),
          e);
    }
  }

  private static CocoIndex scan(Path path, String name) throws IOException {
    BasicFileAttributes facts = Files.readAttributes(path, BasicFileAttributes.class);
    IndexBuilder index = new IndexBuilder(name);
    try (JsonTokens json = new JsonTokens(Files.newInputStream(path))) {
      new DocumentScan(json, index).run();
    }
    return new CocoIndex(path, facts, index);
  }

  /** Returns the name that the mask of an image gets. */
  String imageName(int image) {
    String name = images.name(image);
    return images.isNumbered(image) ? series + "/" + name : name;
  }

  /** Opens the file again, to read shapes. The caller closes the channel. */
  FileChannel openShapes() throws IOException {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      if (now.size() != facts.size() || !now.lastModifiedTime().equals(facts.lastModifiedTime())) {
        throw new IOException("the file was changed while it was read");
      }
      return FileChannel.open(file);
    } catch (FileSystemException e) {
      throw new IOException(Messages.unreadable(e), e);
    }
  }

  /**
   * Reads the text of an annotation's shape.
   *
   * @throws IOException if it is longer than 2^26 bytes or cannot be read
   */
  byte[] shape(FileChannel channel, int annotation) throws IOException {
    int length = annotations.length(annotation);
    if (length > MAX_SHAPE_BYTES) {
      throw new IOException(
          "its segmentation has %d bytes, more than the %d that are read"
              .formatted(length, MAX_SHAPE_BYTES));
    }
    ByteBuffer text = ByteBuffer.allocate(length);
    long offset = annotations.offset(annotation);
    while (text.hasRemaining()) {
      if (channel.read(text, offset + text.position()) < 0) {
        throw new IOException("the file was cut short while it was read");
      }
    }
    return text.array();
  }
}
