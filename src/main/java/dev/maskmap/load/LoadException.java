package dev.maskmap.load;

/** A patch could not be read. The message names the batch, the mask and the reason. */
public final class LoadException extends RuntimeException {
  private static final long serialVersionUID = 1;

  LoadException(String message, Throwable cause) {
    super(message, cause);
  }
}
