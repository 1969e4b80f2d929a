package dev.maskmap;

import dev.maskmap.internal.files.SealedJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The id of a store: the first digits of a SHA-256 over its sizes and all its index files. */
final class StoreId {
  private static final int DIGITS = 32;

  private StoreId() {}

  /**
   * A digest to which the index files are added next, in the order of {@link Manifest#indexFiles}.
   *
   * @param size of every mask, or null where they differ
   */
  static MessageDigest begin(Layout layout, long masks, @Nullable MaskSize size) {
    MessageDigest digest = sha256();
    String sizes = size == null ? "ragged" : size.height() + " " + size.width();
    String line = "maskmap %d %s %d %s\n".formatted(SealedJson.FORMAT, layout, masks, sizes);
    digest.update(line.getBytes(StandardCharsets.US_ASCII));
    return digest;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static String digits(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
  }
}
