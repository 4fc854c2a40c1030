package io.orochi.catalog.iceberg;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.RangeReadable;
import org.apache.iceberg.io.SeekableInputStream;

/** A file of this machine, read. */
record LocalInputFile(String location) implements InputFile {
  @Override
  public long getLength() {
    try {
      return Files.size(path());
    } catch (NoSuchFileException e) {
      throw new NotFoundException(e, "File does not exist: %s", location);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read file: " + location, e);
    }
  }

  @Override
  public boolean exists() {
    return Files.exists(path());
  }

  @Override
  public SeekableInputStream newStream() {
    try {
      return new LocalStream(FileChannel.open(path(), StandardOpenOption.READ));
    } catch (NoSuchFileException e) {
      throw new NotFoundException(e, "File does not exist: %s", location);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open file: " + location, e);
    }
  }

  private Path path() {
    return Locations.toPath(location);
  }

  /** For one thread, but for {@link #readFully}, which leaves the position alone. */
  private static final class LocalStream extends SeekableInputStream implements RangeReadable {
    private final FileChannel channel;

    LocalStream(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public long getPos() throws IOException {
      return channel.position();
    }

    @Override
    public void seek(long position) throws IOException {
      channel.position(position);
    }

    @Override
    public int read() throws IOException {
      ByteBuffer one = ByteBuffer.allocate(1);
      return channel.read(one) < 1 ? -1 : one.get(0) & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return length == 0 ? 0 : channel.read(ByteBuffer.wrap(bytes, offset, length));
    }

    @Override
    public void readFully(long position, byte[] buffer, int offset, int length) throws IOException {
      ByteBuffer into = ByteBuffer.wrap(buffer, offset, length);
      while (into.hasRemaining()) {
        if (channel.read(into, position + into.position() - offset) < 0) {
          throw new EOFException("File ends before " + (position + length));
        }
      }
    }

    @Override
    public int readTail(byte[] buffer, int offset, int length) throws IOException {
      long start = Math.max(0, channel.size() - length);
      int available = (int) (channel.size() - start);
      readFully(start, buffer, offset, available);
      return available;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
