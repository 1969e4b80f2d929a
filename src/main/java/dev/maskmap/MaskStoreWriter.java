package dev.maskmap;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

public final class MaskStoreWriter implements AutoCloseable {
  public static MaskStoreWriter create(Path store, int height, int width) throws IOException { throw new IOException("stub"); }
  public static MaskStoreWriter replace(Path store, int height, int width) throws IOException { throw new IOException("stub"); }
  public void add(String name, MemorySegment pixels, long rowStride) throws IOException { throw new IOException("stub"); }
  public void addPacked(String name, MemorySegment packedRows) throws IOException { throw new IOException("stub"); }
  public void commit() throws IOException { throw new IOException("stub"); }
  @Override public void close() throws IOException {}
}
