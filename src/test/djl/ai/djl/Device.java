package ai.djl;

/** In place of DJL's device. */
public final class Device {
  private static final Device CPU = new Device();

  private Device() {}

  public static Device cpu() {
    return CPU;
  }
}
