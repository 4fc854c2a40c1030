package io.orochi.tpch;

import io.orochi.table.commit.CommitOutcome;
import io.orochi.table.commit.CommitRequest;
import io.orochi.table.commit.SourcePosition;
import io.orochi.table.commit.TableCommitter;
import io.orochi.table.digest.DigestingFileIO;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;

/**
 * Fills an unpartitioned table without SQL and without Flink, in one commit with digests: the way
 * to big test tables in seconds.
 */
public final class BulkLoad {
  private final Table table;
  private final DigestingFileIO io;
  private final List<DataFile> files = new ArrayList<>();

  public BulkLoad(Table table) {
    this.table = table;
    this.io = new DigestingFileIO(table.io());
  }

  /** Writes one file; the records may be one object changed between calls. */
  public void writeFile(Iterator<? extends Record> records) throws IOException {
    String location =
        table.locationProvider().newDataLocation("load-" + UUID.randomUUID() + ".parquet");
    DataWriter<Record> writer =
        Parquet.writeData(io.newOutputFile(location))
            .forTable(table)
            .createWriterFunc(GenericParquetWriter::create)
            .build();
    try (writer) {
      while (records.hasNext()) {
        writer.write(records.next());
      }
    }
    files.add(writer.toDataFile());
  }

  public void commit() {
    CommitOutcome outcome =
        new TableCommitter(table, Clock.systemUTC())
            .commit(
                new CommitRequest(
                    new SourcePosition("bulk-load", 1, Map.of()),
                    files,
                    List.of(),
                    io.drainDigests()));
    if (!(outcome instanceof CommitOutcome.Committed)) {
      throw new IllegalStateException("Cannot load " + table.name() + ": " + outcome);
    }
  }
}
