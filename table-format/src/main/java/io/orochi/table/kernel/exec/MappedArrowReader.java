package io.orochi.table.kernel.exec;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** Another reader whose failures are coded. */
public final class MappedArrowReader extends ArrowReader {
  private final ArrowReader inner;
  private final KernelFailures failures;
  private boolean atEnd;

  public MappedArrowReader(ArrowReader inner, BufferAllocator allocator, KernelFailures failures) {
    super(allocator);
    this.inner = inner;
    this.failures = failures;
  }

  @Override
  public VectorSchemaRoot getVectorSchemaRoot() {
    try {
      return inner.getVectorSchemaRoot();
    } catch (IOException | RuntimeException e) {
      throw failures.map(e);
    }
  }

  @Override
  public boolean loadNextBatch() {
    try {
      if (failures.isCancelled()) {
        throw KernelFailures.cancelledFailure();
      }
      boolean loaded = inner.loadNextBatch();
      atEnd = !loaded;
      return loaded;
    } catch (IOException | RuntimeException e) {
      throw failures.map(e);
    }
  }

  /** Whether there is nothing more to read. */
  public boolean isAtEnd() {
    return atEnd;
  }

  @Override
  public Map<Long, Dictionary> getDictionaryVectors() throws IOException {
    return inner.getDictionaryVectors();
  }

  @Override
  public Dictionary lookup(long id) {
    return inner.lookup(id);
  }

  @Override
  public Set<Long> getDictionaryIds() {
    return inner.getDictionaryIds();
  }

  @Override
  public long bytesRead() {
    return inner.bytesRead();
  }

  @Override
  public void close() throws IOException {
    inner.close();
  }

  @Override
  public void close(boolean closeReadSource) throws IOException {
    inner.close(closeReadSource);
  }

  @Override
  protected void closeReadSource() {
    // the inner reader closes its own
  }

  @Override
  protected Schema readSchema() {
    return getVectorSchemaRoot().getSchema();
  }
}
