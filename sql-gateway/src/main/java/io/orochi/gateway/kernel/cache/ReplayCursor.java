package io.orochi.gateway.kernel.cache;

import io.orochi.gateway.kernel.Answer;
import io.orochi.gateway.kernel.KernelCursor;
import io.orochi.gateway.plan.KernelInput;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.kernel.files.FileCopies;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;

/** An answer that was computed before. */
final class ReplayCursor implements KernelCursor {
  private final ArrowReader reader;
  private final List<KernelInput> inputs;
  private volatile boolean cancelled;

  ReplayCursor(byte[] stream, List<KernelInput> inputs, BufferAllocator allocator) {
    this.inputs = inputs;
    this.reader =
        new ArrowStreamReader(new ByteArrayInputStream(stream), allocator) {
          @Override
          public boolean loadNextBatch() throws IOException {
            if (cancelled) {
              throw OrochiException.of(
                  OrochiErrorCode.QUERY_CANCELLED, "The statement was cancelled");
            }
            return super.loadNextBatch();
          }
        };
  }

  @Override
  public ArrowReader reader() {
    return reader;
  }

  @Override
  public void cancel() {
    cancelled = true;
  }

  @Override
  public Answer answer() {
    return Answer.CACHED;
  }

  @Override
  public List<KernelInput> inputs() {
    return inputs;
  }

  /** No file is opened. */
  @Override
  public long verifiedFiles() {
    return 0;
  }

  @Override
  public long unverifiedFiles() {
    return 0;
  }

  @Override
  public FileCopies copies() {
    return FileCopies.NONE;
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
