package dev.maskmap;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** Where a store under way is written, and how it gets to its place. */
interface WriteTarget extends Closeable {
  /** The empty hidden folder in which the store is written. */
  Path folder();

  /** The path that messages name. */
  Path store();

  /** Names that the store may not use, because masks beside it have them. */
  Set<String> takenNames() throws IOException;

  /** Puts the finished store in place. All files in the folder are on the disk already. */
  void publish(Manifest manifest) throws IOException;

  /** Removes what is unfinished and gives up the lock. */
  @Override
  void close() throws IOException;
}
