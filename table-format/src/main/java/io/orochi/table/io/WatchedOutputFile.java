package io.orochi.table.io;

import java.io.IOException;
import java.util.function.Supplier;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/**
 * An output file whose bytes are watched while they are written.
 *
 * @param watcher called for each stream that is opened
 */
public record WatchedOutputFile(OutputFile inner, Supplier<OutputWatcher> watcher)
    implements OutputFile {

  @Override
  public PositionOutputStream create() {
    return new WatchedStream(inner.create(), watcher.get());
  }

  @Override
  public PositionOutputStream createOrOverwrite() {
    return new WatchedStream(inner.createOrOverwrite(), watcher.get());
  }

  @Override
  public String location() {
    return inner.location();
  }

  @Override
  public InputFile toInputFile() {
    return inner.toInputFile();
  }

  private static final class WatchedStream extends PositionOutputStream {
    private final PositionOutputStream stream;
    private final OutputWatcher watcher;
    private boolean closed;

    WatchedStream(PositionOutputStream stream, OutputWatcher watcher) {
      this.stream = stream;
      this.watcher = watcher;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      stream.write(bytes, offset, length);
      watcher.wrote(bytes, offset, length);
    }

    @Override
    public long getPos() throws IOException {
      return stream.getPos();
    }

    @Override
    public long storedLength() throws IOException {
      return stream.storedLength();
    }

    @Override
    public void flush() throws IOException {
      stream.flush();
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        stream.close();
        watcher.closed();
      }
    }
  }
}
