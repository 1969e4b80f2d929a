package dev.maskmap.internal.kernel;

/** Run by tests in a JVM of its own: prints the name of the kernel, or why there is none. */
final class KernelChoiceMain {
  private KernelChoiceMain() {}

  public static void main(String[] args) {
    try {
      Kernel kernel = Kernels.get();
      if (kernel != Kernels.get()) {
        throw new AssertionError("chosen twice");
      }
      System.out.println(kernel.name());
    } catch (Throwable e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      System.out.println("refused: " + cause.getMessage());
    }
  }
}
