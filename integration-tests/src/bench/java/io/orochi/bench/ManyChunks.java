package io.orochi.bench;

import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.Sql;
import io.orochi.tpch.BulkLoad;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.InternalRecordWrapper;

/**
 * A hypertable whose metadata is that of a large one: a chunk for each hour, a file in each. The
 * files are real and small, a few hosts at one row in five minutes.
 */
final class ManyChunks {
  static final LocalDateTime START = LocalDateTime.of(2023, 1, 1, 0, 0);
  static final int HOSTS = 20;
  static final int ROWS_PER_HOST = 12;
  private static final int FILES_PER_COMMIT = 100;

  private ManyChunks() {}

  static String name(int chunks) {
    return "chunks_" + chunks;
  }

  /** Makes the table unless an earlier run has; one that it has left half-loaded is made anew. */
  static void ensure(OrochiCluster cluster, Connection session, int chunks)
      throws SQLException, IOException {
    String name = name(chunks);
    if (cluster.catalog().tableExists(TableIdentifier.of("default", name))) {
      if (files(cluster.table("default", name)) == chunks) {
        return;
      }
      Sql.run(session, "DROP TABLE " + name);
    }
    Sql.run(
        session,
        "CREATE TABLE "
            + name
            + " (ts TIMESTAMP(6) NOT NULL, host STRING NOT NULL, usage_user DOUBLE,"
            + " usage_system DOUBLE, usage_idle DOUBLE)"
            + " WITH ('orochi.hypertable' = 'ts', 'orochi.chunk-interval' = '1 h')");
    Table table = cluster.table("default", name);
    BulkLoad load = new BulkLoad(table);
    for (int chunk = 0; chunk < chunks; chunk++) {
      List<GenericRecord> rows = rows(table, chunk);
      PartitionKey key = new PartitionKey(table.spec(), table.schema());
      key.partition(new InternalRecordWrapper(table.schema().asStruct()).wrap(rows.get(0)));
      load.writeFile(rows.iterator(), key);
      if ((chunk + 1) % FILES_PER_COMMIT == 0) {
        load.commit();
      }
    }
  }

  private static int files(Table table) {
    Snapshot current = table.currentSnapshot();
    return current == null
        ? 0
        : Integer.parseInt(current.summary().get(SnapshotSummary.TOTAL_DATA_FILES_PROP));
  }

  private static List<GenericRecord> rows(Table table, int chunk) {
    Random random = new Random(chunk);
    List<GenericRecord> rows = new ArrayList<>();
    for (int host = 0; host < HOSTS; host++) {
      for (int row = 0; row < ROWS_PER_HOST; row++) {
        GenericRecord record = GenericRecord.create(table.schema());
        record.set(0, START.plusHours(chunk).plusMinutes(60L / ROWS_PER_HOST * row));
        record.set(1, "host_" + host);
        record.set(2, (double) random.nextInt(100));
        record.set(3, (double) random.nextInt(100));
        record.set(4, (double) random.nextInt(100));
        rows.add(record);
      }
    }
    return rows;
  }

  /** One host in one hour of the table, each as its random number says. */
  static String pointQuery(int chunks, Random random) {
    LocalDateTime hour = START.plusHours(random.nextInt(chunks));
    return "SELECT ts, usage_user, usage_system FROM "
        + name(chunks)
        + " WHERE host = 'host_"
        + random.nextInt(HOSTS)
        + "' AND ts >= TIMESTAMP '"
        + text(hour)
        + "' AND ts < TIMESTAMP '"
        + text(hour.plusHours(1))
        + "'";
  }

  static String text(LocalDateTime time) {
    return time.toLocalDate() + " " + time.toLocalTime() + ":00";
  }
}
