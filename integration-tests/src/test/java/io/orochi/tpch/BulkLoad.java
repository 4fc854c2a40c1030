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
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;

/**
 * Fills a table without SQL and without Flink, in commits with digests: the way to big test tables
 * in seconds.
 */
public final class BulkLoad {
  private final Table table;
  private final DigestingFileIO io;
  private final List<DataFile> files = new ArrayList<>();
  private long commits;

  public BulkLoad(Table table) {
    this.table = table;
    this.io = new DigestingFileIO(table.io());
  }

  /** Writes one file of an unpartitioned table; records may be one object that changes. */
  public void writeFile(Iterator<? extends Record> records) throws IOException {
    writeFile(records, null);
  }

  /**
   * Writes one file.
   *
   * @param partition of all its records; null in an unpartitioned table
   */
  public void writeFile(Iterator<? extends Record> records, StructLike partition)
      throws IOException {
    String location =
        table.locationProvider().newDataLocation("load-" + UUID.randomUUID() + ".parquet");
    DataWriter<Record> writer =
        Parquet.writeData(io.newOutputFile(location))
            .forTable(table)
            .withPartition(partition)
            .createWriterFunc(GenericParquetWriter::create)
            .build();
    try (writer) {
      while (records.hasNext()) {
        writer.write(records.next());
      }
    }
    files.add(writer.toDataFile());
  }

  /** Publishes the files written since the last commit. */
  public void commit() {
    commits++;
    CommitOutcome outcome =
        new TableCommitter(table, Clock.systemUTC())
            .commit(
                new CommitRequest(
                    new SourcePosition("bulk-load", commits, Map.of()),
                    List.copyOf(files),
                    List.of(),
                    io.drainDigests()));
    if (!(outcome instanceof CommitOutcome.Committed)) {
      throw new IllegalStateException("Cannot load " + table.name() + ": " + outcome);
    }
    files.clear();
  }
}
