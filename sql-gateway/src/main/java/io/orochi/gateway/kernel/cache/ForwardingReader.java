package io.orochi.gateway.kernel.cache;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** Another reader, which its owner closes. */
class ForwardingReader extends ArrowReader {
  private final ArrowReader other;

  ForwardingReader(ArrowReader other, BufferAllocator allocator) {
    super(allocator);
    this.other = other;
  }

  @Override
  public VectorSchemaRoot getVectorSchemaRoot() throws IOException {
    return other.getVectorSchemaRoot();
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    return other.loadNextBatch();
  }

  @Override
  public Map<Long, Dictionary> getDictionaryVectors() throws IOException {
    return other.getDictionaryVectors();
  }

  @Override
  public Dictionary lookup(long id) {
    return other.lookup(id);
  }

  @Override
  public Set<Long> getDictionaryIds() {
    return other.getDictionaryIds();
  }

  @Override
  public long bytesRead() {
    return other.bytesRead();
  }

  @Override
  public void close() throws IOException {
    other.close();
  }

  @Override
  public void close(boolean closeReadSource) throws IOException {
    other.close(closeReadSource);
  }

  @Override
  protected void closeReadSource() {
    // the other reader closes its own
  }

  @Override
  protected Schema readSchema() throws IOException {
    return other.getVectorSchemaRoot().getSchema();
  }
}
