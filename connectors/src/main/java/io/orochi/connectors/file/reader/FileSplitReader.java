package io.orochi.connectors.file.reader;

import io.orochi.connectors.element.SourceElement;
import io.orochi.connectors.element.SourceFailures;
import io.orochi.connectors.file.FileSourceConfig;
import io.orochi.connectors.file.format.RecordReader;
import io.orochi.connectors.file.format.RecordReaders;
import io.orochi.connectors.file.split.FileSplit;
import io.orochi.table.error.OrochiException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongConsumer;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;

/** Reads and parses files in the fetcher's thread, a batch of records at a time. */
final class FileSplitReader implements SplitReader<SourceElement, FileSplit> {
  private static final int BATCH_RECORDS = 2048;

  private final FileSourceConfig config;
  private final LongConsumer bytesRead;
  private final Deque<FileSplit> splits = new ArrayDeque<>();
  private RecordReader reader;
  private FileSplit split;

  FileSplitReader(FileSourceConfig config, LongConsumer bytesRead) {
    this.config = config;
    this.bytesRead = bytesRead;
  }

  @Override
  public RecordsWithSplitIds<SourceElement> fetch() throws IOException {
    try {
      return readBatch();
    } catch (OrochiException e) {
      throw SourceFailures.withoutRestart(e);
    }
  }

  private RecordsWithSplitIds<SourceElement> readBatch() throws IOException {
    RecordsBySplits.Builder<SourceElement> batch = new RecordsBySplits.Builder<>();
    if (reader == null) {
      split = splits.poll();
      if (split == null) {
        return batch.build();
      }
      reader = RecordReaders.open(split, config, bytesRead);
    }
    for (int i = 0; i < BATCH_RECORDS; i++) {
      SourceElement element = reader.next();
      batch.add(split, element);
      if (element.ends()) {
        reader.close();
        reader = null;
        batch.addFinishedSplit(split.splitId());
        break;
      }
    }
    return batch.build();
  }

  @Override
  public void handleSplitsChanges(SplitsChange<FileSplit> change) {
    splits.addAll(change.splits());
  }

  @Override
  public void wakeUp() {
    // A fetch never waits for longer than a read of the file system.
  }

  @Override
  public void close() throws Exception {
    if (reader != null) {
      reader.close();
    }
  }
}
