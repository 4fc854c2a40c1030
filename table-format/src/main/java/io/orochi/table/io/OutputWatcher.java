package io.orochi.table.io;

import java.io.IOException;

/** Sees the bytes of one file while they are written. Used by one thread. */
public interface OutputWatcher {
  /** Called after the bytes were handed to the storage. */
  void wrote(byte[] bytes, int offset, int length);

  /** Called once, after the storage closed the file without an error. */
  void closed() throws IOException;
}
