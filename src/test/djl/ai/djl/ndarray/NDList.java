package ai.djl.ndarray;

/** In place of DJL's list of arrays: it has one. */
public record NDList(NDArray singletonOrThrow) {}
