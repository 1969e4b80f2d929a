package dev.maskmap;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SequenceLayout;
import java.util.BitSet;

public final class Mask {
  public long index() { throw new UnsupportedOperationException(); }
  public String name() { throw new UnsupportedOperationException(); }
  public int height() { throw new UnsupportedOperationException(); }
  public int width() { throw new UnsupportedOperationException(); }
  public boolean get(int y, int x) { throw new UnsupportedOperationException(); }
  public long count() { throw new UnsupportedOperationException(); }
  public long count(Region region) { throw new UnsupportedOperationException(); }
  public long nextForeground(long from) { throw new UnsupportedOperationException(); }
  public MemorySegment packed() { throw new UnsupportedOperationException(); }
  public SequenceLayout packedLayout() { throw new UnsupportedOperationException(); }
  public byte[] toBytes() { throw new UnsupportedOperationException(); }
  public BitSet toBitSet() { throw new UnsupportedOperationException(); }
}
