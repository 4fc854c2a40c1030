package io.orochi.catalog.storage;

import java.io.IOException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/** An object to be written; it exists once its stream is closed without a failure. */
record S3Output(OutputFile inner, S3Failures failures) implements OutputFile {
  @Override
  public PositionOutputStream create() {
    return new Stream(failures.during("write", location(), inner::create), location(), failures);
  }

  @Override
  public PositionOutputStream createOrOverwrite() {
    return new Stream(
        failures.during("write", location(), inner::createOrOverwrite), location(), failures);
  }

  @Override
  public String location() {
    return inner.location();
  }

  @Override
  public InputFile toInputFile() {
    return new S3Input(inner.toInputFile(), failures);
  }

  private static final class Stream extends PositionOutputStream {
    private final PositionOutputStream stream;
    private final String location;
    private final S3Failures failures;

    Stream(PositionOutputStream stream, String location, S3Failures failures) {
      this.stream = stream;
      this.location = location;
      this.failures = failures;
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
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    /** A full disk is the staging folder's and not the store's: it passes as it is. */
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        stream.write(bytes, offset, length);
      } catch (RuntimeException failure) {
        throw failures.translate("write", location, failure);
      }
    }

    @Override
    public void flush() throws IOException {
      stream.flush();
    }

    @Override
    public void close() throws IOException {
      try {
        stream.close();
      } catch (RuntimeException failure) {
        throw failures.translate("write", location, failure);
      }
    }
  }
}
