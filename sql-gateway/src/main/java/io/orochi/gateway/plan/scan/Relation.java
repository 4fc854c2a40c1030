package io.orochi.gateway.plan.scan;

import io.orochi.table.kernel.changelog.ChangelogColumns;
import io.orochi.table.kernel.scan.ScanRequest.SchemaOf;
import java.util.List;
import java.util.function.Supplier;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/** What stands behind a table name. */
public sealed interface Relation {
  /** How people call it: {@code default.cpu}. */
  String name();

  Schema schema();

  /**
   * An Iceberg table.
   *
   * @param snapshotId null for the current snapshot
   */
  record Stored(String name, Table table, Long snapshotId, SchemaOf schemaOf) implements Relation {
    @Override
    public Schema schema() {
      return snapshotId == null || schemaOf == SchemaOf.TABLE
          ? table.schema()
          : SnapshotUtil.schemaFor(table, snapshotId);
    }
  }

  /**
   * One of Iceberg's metadata tables.
   *
   * @param snapshotId null for the current snapshot
   */
  record Metadata(String name, Table table, Long snapshotId) implements Relation {
    @Override
    public Schema schema() {
      return table.schema();
    }
  }

  /**
   * The changes of a table.
   *
   * @param snapshotId the last to look at; null for the current snapshot
   */
  record Changelog(String name, Table table, Long snapshotId) implements Relation {
    @Override
    public Schema schema() {
      return ChangelogColumns.of(table.schema());
    }
  }

  /**
   * What the metadata of an Iceberg table's files tells, as rows.
   *
   * @param name of the table
   */
  record Summary(String name, Schema schema, List<Object[]> rows, long files) implements Relation {}

  /** Rows computed when they are asked for. */
  record Computed(String name, Schema schema, Supplier<List<Object[]>> rows) implements Relation {}
}
