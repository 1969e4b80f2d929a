/** Memory-mapped binary masks at one bit a pixel, and patches of them as tensors. */
module dev.maskmap {
  requires static org.jspecify;
  // Optional: the kernels fall back to scalar code without it.
  requires static jdk.incubator.vector;
  // Optional: only the commands and the conversion of images touch these.
  requires static java.desktop;
  requires static info.picocli;
  requires static me.tongfei.progressbar;
  requires static tools.jackson.core;

  exports dev.maskmap;
  exports dev.maskmap.image;
  exports dev.maskmap.load;
  exports dev.maskmap.sample;

  // It fills the fields of the commands.
  opens dev.maskmap.cli to
      info.picocli;
}
