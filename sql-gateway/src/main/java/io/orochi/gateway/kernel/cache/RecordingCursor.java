package io.orochi.gateway.kernel.cache;

import io.orochi.gateway.kernel.Answer;
import io.orochi.gateway.kernel.KernelCursor;
import io.orochi.gateway.plan.KernelInput;
import io.orochi.table.kernel.files.FileCopies;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;

/**
 * A cursor whose batches are copied while they are read. An answer that is not read to its end,
 * that fails or that grows too large leaves nothing.
 */
final class RecordingCursor implements KernelCursor {
  /** Takes a whole answer. */
  interface Kept {
    void put(byte[] stream, long rows);
  }

  private final KernelCursor cursor;
  private final long mostBytes;
  private final Kept kept;
  private final ArrowReader reader;
  private ByteArrayOutputStream stream = new ByteArrayOutputStream();
  private ArrowStreamWriter writer;
  private long rows;

  RecordingCursor(KernelCursor cursor, BufferAllocator allocator, long mostBytes, Kept kept) {
    this.cursor = cursor;
    this.mostBytes = mostBytes;
    this.kept = kept;
    this.reader = new Recorder(cursor.reader(), allocator);
  }

  private void record(VectorSchemaRoot batch) throws IOException {
    if (stream == null) {
      return;
    }
    if (writer == null) {
      writer =
          new ArrowStreamWriter(
              batch, new DictionaryProvider.MapDictionaryProvider(), Channels.newChannel(stream));
      writer.start();
    }
    writer.writeBatch();
    rows += batch.getRowCount();
    if (stream.size() > mostBytes) {
      forget();
    }
  }

  private void end(VectorSchemaRoot root) throws IOException {
    if (stream == null) {
      return;
    }
    if (writer == null) {
      writer =
          new ArrowStreamWriter(
              root, new DictionaryProvider.MapDictionaryProvider(), Channels.newChannel(stream));
      writer.start();
    }
    writer.end();
    kept.put(stream.toByteArray(), rows);
    forget();
  }

  /** The batches belong to the other cursor, so that the writer is not closed. */
  private void forget() {
    stream = null;
    writer = null;
  }

  @Override
  public ArrowReader reader() {
    return reader;
  }

  @Override
  public void cancel() {
    cursor.cancel();
  }

  @Override
  public Answer answer() {
    return Answer.KEPT;
  }

  @Override
  public List<KernelInput> inputs() {
    return cursor.inputs();
  }

  @Override
  public long verifiedFiles() {
    return cursor.verifiedFiles();
  }

  @Override
  public long unverifiedFiles() {
    return cursor.unverifiedFiles();
  }

  @Override
  public FileCopies copies() {
    return cursor.copies();
  }

  @Override
  public void close() {
    cursor.close();
  }

  /** Reads through another reader. */
  private final class Recorder extends ForwardingReader {
    Recorder(ArrowReader other, BufferAllocator allocator) {
      super(other, allocator);
    }

    @Override
    public boolean loadNextBatch() throws IOException {
      boolean more = super.loadNextBatch();
      if (more) {
        record(getVectorSchemaRoot());
      } else {
        end(getVectorSchemaRoot());
      }
      return more;
    }
  }
}
