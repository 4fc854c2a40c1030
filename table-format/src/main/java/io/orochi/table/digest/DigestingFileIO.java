package io.orochi.table.digest;

import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/**
 * A FileIO that digests what is written through it, while it is written, and makes it durable where
 * the file system is local. Safe for use by several threads; after Java serialization a copy starts
 * without digests.
 */
public final class DigestingFileIO implements FileIO {
  private static final long serialVersionUID = 1L;

  private final FileIO inner;

  public DigestingFileIO(FileIO inner) {
    this.inner = Objects.requireNonNull(inner);
  }

  /** The digests of the files closed since the last call, by location. */
  public Map<String, Digest> drainDigests() {
    throw new UnsupportedOperationException("the digest room");
  }

  @Override
  public InputFile newInputFile(String path) {
    return inner.newInputFile(path);
  }

  @Override
  public OutputFile newOutputFile(String path) {
    throw new UnsupportedOperationException("the digest room");
  }

  @Override
  public void deleteFile(String path) {
    inner.deleteFile(path);
  }
}
