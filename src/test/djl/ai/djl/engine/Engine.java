package ai.djl.engine;

import ai.djl.training.GradientCollector;

/** In place of DJL's engine: computes nothing. */
public final class Engine {
  public String getEngineName() {
    return "none";
  }

  public String getVersion() {
    return "0";
  }

  public void setRandomSeed(int seed) {}

  public GradientCollector newGradientCollector() {
    return new GradientCollector();
  }
}
