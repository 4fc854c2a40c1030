package io.orochi.catalog.iceberg;

import io.orochi.table.io.StorageFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/** A file of this machine, written once. */
record LocalOutputFile(String location) implements OutputFile {
  @Override
  public PositionOutputStream create() {
    return open(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  @Override
  public PositionOutputStream createOrOverwrite() {
    return open(
        StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
  }

  @Override
  public InputFile toInputFile() {
    return new LocalInputFile(location);
  }

  private PositionOutputStream open(OpenOption... options) {
    Path path = Locations.toPath(location);
    try {
      Files.createDirectories(path.getParent());
      return new LocalStream(location, FileChannel.open(path, options));
    } catch (FileAlreadyExistsException e) {
      throw new AlreadyExistsException(e, "File already exists: %s", location);
    } catch (IOException e) {
      throw failure(location, e);
    }
  }

  private static RuntimeException failure(String location, IOException cause) {
    return StorageFailure.of("write file " + location, cause);
  }

  /** For one thread. */
  private static final class LocalStream extends PositionOutputStream {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final String location;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private long flushed;
    private boolean closed;

    LocalStream(String location, FileChannel channel) {
      this.location = location;
      this.channel = channel;
    }

    @Override
    public long getPos() {
      return flushed + buffer.position();
    }

    @Override
    public void write(int b) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      buffer.put((byte) b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      if (length > buffer.remaining()) {
        flush();
      }
      if (length > buffer.remaining()) {
        writeAll(ByteBuffer.wrap(bytes, offset, length));
      } else {
        buffer.put(bytes, offset, length);
      }
    }

    @Override
    public void flush() {
      buffer.flip();
      writeAll(buffer);
      buffer.clear();
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      try (channel) {
        flush();
      } catch (IOException e) {
        throw failure(location, e);
      }
    }

    private void writeAll(ByteBuffer bytes) {
      try {
        while (bytes.hasRemaining()) {
          flushed += channel.write(bytes);
        }
      } catch (IOException e) {
        throw failure(location, e);
      }
    }
  }
}
