package dev.maskmap.convert.array;

/** A piece of the content that was read before, for one mask of a stream. */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record HeldBytes(long start, byte[] piece) implements Bytes {
  @Override
  public void read(long position, byte[] into, int from, int length) {
    System.arraycopy(piece, Math.toIntExact(position - start), into, from, length);
  }

  @Override
  public void finish() {}

  @Override
  public void close() {}
}
