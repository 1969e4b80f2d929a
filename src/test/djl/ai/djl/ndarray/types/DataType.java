package ai.djl.ndarray.types;

/** In place of DJL's types. */
public enum DataType {
  FLOAT32
}
