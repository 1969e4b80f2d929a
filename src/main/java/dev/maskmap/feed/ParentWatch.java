package dev.maskmap.feed;

/**
 * Ends when the process that started this one is gone. The end of standard input says so too, but
 * not while a process that was forked from that one has the other end open as well.
 */
final class ParentWatch {
  private static final int MILLIS = 200;

  private ParentWatch() {}

  /**
   * Watches on a thread of its own.
   *
   * @param pid of the client
   * @param gone runs once it has ended
   */
  static void start(long pid, Runnable gone) {
    boolean direct = parent() == pid;
    ProcessHandle client = ProcessHandle.of(pid).orElse(null);
    Thread.ofPlatform()
        .daemon()
        .name("maskmap-feed-parent")
        .start(
            () -> {
              // A child's parent changes when it ends; a shell between the two keeps it from that.
              while (direct ? parent() == pid : client != null && client.isAlive()) {
                try {
                  Thread.sleep(MILLIS);
                } catch (InterruptedException e) {
                  return;
                }
              }
              gone.run();
            });
  }

  private static long parent() {
    return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(-1L);
  }
}
