package dev.maskmap;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

public final class MaskStore implements AutoCloseable {
  public static MaskStore open(Path path) throws IOException { throw new IOException("stub"); }
  public static MaskStore openPacked(Path npy, int height) throws IOException { throw new IOException("stub"); }
  public static MaskStore openRaw(Path file, long offset, long masks, int height, int width) throws IOException { throw new IOException("stub"); }
  public Path path() { throw new UnsupportedOperationException(); }
  public String layout() { throw new UnsupportedOperationException(); }
  public String id() { throw new UnsupportedOperationException(); }
  public long size() { throw new UnsupportedOperationException(); }
  public int height(long mask) { throw new UnsupportedOperationException(); }
  public int width(long mask) { throw new UnsupportedOperationException(); }
  public boolean hasNames() { throw new UnsupportedOperationException(); }
  public String name(long mask) { throw new UnsupportedOperationException(); }
  public long indexOf(String name) { throw new UnsupportedOperationException(); }
  public Mask mask(long mask) { throw new UnsupportedOperationException(); }
  public void read(long mask, int y, int x, int height, int width, PixelType type, MemorySegment dst, long offset) { throw new UnsupportedOperationException(); }
  public void read(long mask, int y, int x, int height, int width, PixelType type, MemorySegment dst, long offset, long rowStride) { throw new UnsupportedOperationException(); }
  @Override public void close() {}
}
