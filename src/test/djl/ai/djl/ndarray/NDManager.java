package ai.djl.ndarray;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** In place of DJL's manager: its arrays end with it. */
public final class NDManager implements AutoCloseable {
  private final Engine engine = new Engine();
  private boolean open = true;

  private NDManager() {}

  public static NDManager newBaseManager(Device device) {
    return new NDManager();
  }

  public NDManager newSubManager() {
    checkOpen();
    return new NDManager();
  }

  public Engine getEngine() {
    return engine;
  }

  /** Refuses what DJL would copy, and a buffer that is not just as large as the array. */
  public NDArray create(Buffer data, Shape shape, DataType type) {
    long bytes = shape.size() * Float.BYTES;
    if (!data.isDirect() || data.remaining() != bytes) {
      throw new IllegalArgumentException("not a direct buffer of " + bytes + " bytes: " + data);
    }
    return new NDArray(this, shape, (ByteBuffer) data);
  }

  public NDArray zeros(Shape shape) {
    int bytes = Math.toIntExact(shape.size() * Float.BYTES);
    return create(ByteBuffer.allocateDirect(bytes), shape, DataType.FLOAT32);
  }

  public NDArray randomNormal(Shape shape) {
    return zeros(shape);
  }

  @Override
  public void close() {
    open = false;
  }

  void checkOpen() {
    if (!open) {
      throw new IllegalStateException("the manager is closed");
    }
  }

  static float first(ByteBuffer buffer) {
    return buffer.duplicate().order(ByteOrder.nativeOrder()).getFloat(0);
  }
}
