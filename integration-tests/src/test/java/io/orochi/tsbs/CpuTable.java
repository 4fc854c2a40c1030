package io.orochi.tsbs;

import io.orochi.table.commit.CommitOutcome;
import io.orochi.table.commit.CommitRequest;
import io.orochi.table.commit.SourcePosition;
import io.orochi.table.commit.TableCommitter;
import io.orochi.table.digest.DigestingFileIO;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;

/** The hypertable the rows go to: a file for each day and shard, in one commit. */
public final class CpuTable {
  private CpuTable() {}

  public static String createStatement(String name, int shards) {
    return "CREATE TABLE "
        + name
        + " (ts TIMESTAMP_LTZ(6) NOT NULL, hostname STRING NOT NULL, "
        + CpuRows.METRICS.stream().map(m -> m + " DOUBLE").collect(Collectors.joining(", "))
        + ") DISTRIBUTED BY HASH(hostname) INTO "
        + shards
        + " BUCKETS WITH ('orochi.hypertable' = 'ts', 'orochi.chunk-interval' = '1 d')";
  }

  /** Writes all rows; at most one file is open for each day and shard. */
  public static void fill(Table table, CpuRows rows) throws IOException {
    DigestingFileIO io = new DigestingFileIO(table.io());
    Map<PartitionKey, DataWriter<Record>> writers = new HashMap<>();
    PartitionKey key = new PartitionKey(table.spec(), table.schema());
    InternalRecordWrapper wrapper = new InternalRecordWrapper(table.schema().asStruct());
    GenericRecord record = GenericRecord.create(table.schema());
    rows.forEach(
        row -> {
          record.set(0, row.at().atOffset(ZoneOffset.UTC));
          record.set(1, row.host());
          for (int metric = 0; metric < row.values().length; metric++) {
            record.set(metric + 2, row.values()[metric]);
          }
          key.partition(wrapper.wrap(record));
          DataWriter<Record> writer = writers.get(key);
          if (writer == null) {
            PartitionKey own = key.copy();
            writer = open(table, io, own);
            writers.put(own, writer);
          }
          writer.write(record);
        });
    List<DataFile> files = new ArrayList<>();
    for (DataWriter<Record> writer : writers.values()) {
      writer.close();
      files.add(writer.toDataFile());
    }
    CommitOutcome outcome =
        new TableCommitter(table, Clock.systemUTC())
            .commit(
                new CommitRequest(
                    new SourcePosition("tsbs", 1, Map.of()), files, List.of(), io.drainDigests()));
    if (!(outcome instanceof CommitOutcome.Committed)) {
      throw new IllegalStateException("Cannot load " + table.name() + ": " + outcome);
    }
  }

  private static DataWriter<Record> open(Table table, DigestingFileIO io, PartitionKey key) {
    String location =
        table.locationProvider().newDataLocation("load-" + UUID.randomUUID() + ".parquet");
    try {
      return Parquet.writeData(io.newOutputFile(location))
          .forTable(table)
          .withPartition(key)
          .createWriterFunc(GenericParquetWriter::create)
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
