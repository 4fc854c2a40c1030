package io.orochi.catalog.storage;

import java.io.IOException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.RangeReadable;
import org.apache.iceberg.io.SeekableInputStream;

/** An object to be read. */
record S3Input(InputFile inner, S3Failures failures) implements InputFile {
  @Override
  public long getLength() {
    return failures.during("read", location(), inner::getLength);
  }

  @Override
  public SeekableInputStream newStream() {
    return new Stream(failures.during("read", location(), inner::newStream), location(), failures);
  }

  @Override
  public String location() {
    return inner.location();
  }

  @Override
  public boolean exists() {
    return failures.during("read", location(), inner::exists);
  }

  private static final class Stream extends SeekableInputStream implements RangeReadable {
    private final SeekableInputStream stream;
    private final RangeReadable ranges;
    private final String location;
    private final S3Failures failures;

    Stream(SeekableInputStream stream, String location, S3Failures failures) {
      this.stream = stream;
      this.ranges = (RangeReadable) stream;
      this.location = location;
      this.failures = failures;
    }

    @Override
    public long getPos() throws IOException {
      return stream.getPos();
    }

    @Override
    public void seek(long position) throws IOException {
      stream.seek(position);
    }

    @Override
    public int read() {
      return failures.during("read", location, () -> stream.read());
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      return failures.during("read", location, () -> stream.read(bytes, offset, length));
    }

    @Override
    public void readFully(long position, byte[] bytes, int offset, int length) {
      failures.during(
          "read",
          location,
          () -> {
            ranges.readFully(position, bytes, offset, length);
            return bytes;
          });
    }

    @Override
    public int readTail(byte[] bytes, int offset, int length) {
      return failures.during("read", location, () -> ranges.readTail(bytes, offset, length));
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
