package io.orochi.catalog.hypertable;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.layout.ChunkInterval;
import io.orochi.table.layout.TableLayout;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Table;

/**
 * Makes a hypertable of a table that is not one, by changing its partition spec and properties in
 * one commit.
 */
public final class HypertableCreation {
  private final Table table;

  public HypertableCreation(Table table) {
    this.table = table;
  }

  /** What to do with a table that is a hypertable already. */
  public enum IfExists {
    FAIL,
    KEEP
  }

  /** What to do with rows that are there. */
  public enum Rows {
    /** A table that holds any is refused. */
    REFUSE,
    /** They stay in files of no chunk until they are rewritten. */
    MOVE_LATER
  }

  /**
   * Existing distribution is kept.
   *
   * @throws OrochiException ALREADY_A_HYPERTABLE, TIME_COLUMN_MISSING, or INVALID_ARGUMENT if the
   *     table holds rows and they are refused
   * @return whether the table was changed
   */
  public boolean create(String timeColumn, ChunkInterval interval, IfExists ifExists, Rows rows) {
    Optional<TableLayout> now = TableLayout.of(table);
    if (now.isPresent()) {
      if (ifExists == IfExists.KEEP) {
        return false;
      }
      throw OrochiException.of(
              OrochiErrorCode.ALREADY_A_HYPERTABLE,
              "Cannot cut a hypertable again: " + table.name())
          .withHint("Pass if_not_exists => true to leave it as it is.");
    }
    TableLayout layout = new TableLayout(timeColumn, interval, Distributions.of(table), List.of());
    layout.partitionSpec(table.schema());
    if (rows == Rows.REFUSE) {
      requireEmpty();
    }
    new LayoutEvolution(table).become(layout);
    return true;
  }

  private void requireEmpty() {
    if (table.currentSnapshot() != null
        && !table.currentSnapshot().dataManifests(table.io()).isEmpty()) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_ARGUMENT,
              "Cannot cut a table that holds rows: " + table.name())
          .withDetail("Rows written before would belong to no chunk.")
          .withHint("Pass migrate_data => true to move them; dry_run => true shows the plan.");
    }
  }
}
