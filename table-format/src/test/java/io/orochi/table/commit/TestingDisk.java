package io.orochi.table.commit;

import java.io.IOException;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/** A disk that can be full for files of one kind. */
final class TestingDisk implements FileIO {
  private static final long serialVersionUID = 1L;

  private final FileIO inner;
  private String fullFor = "";

  TestingDisk(FileIO inner) {
    this.inner = inner;
  }

  /**
   * @param suffix of the names that cannot be written; empty for none
   */
  void fillFor(String suffix) {
    fullFor = suffix;
  }

  @Override
  public InputFile newInputFile(String path) {
    return inner.newInputFile(path);
  }

  @Override
  public OutputFile newOutputFile(String path) {
    if (!fullFor.isEmpty() && path.endsWith(fullFor)) {
      throw new RuntimeIOException(new IOException("No space left on device"));
    }
    return inner.newOutputFile(path);
  }

  @Override
  public void deleteFile(String path) {
    inner.deleteFile(path);
  }
}
