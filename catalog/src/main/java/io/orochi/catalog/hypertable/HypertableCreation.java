package io.orochi.catalog.hypertable;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.layout.ChunkInterval;
import io.orochi.table.layout.TableLayout;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Term;
import org.apache.iceberg.transforms.Transform;

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

  /**
   * Cuts an empty table; existing distribution is kept.
   *
   * @throws OrochiException ALREADY_A_HYPERTABLE, TIME_COLUMN_MISSING, or INVALID_ARGUMENT if the
   *     table holds rows
   * @return whether the table was changed
   */
  public boolean create(String timeColumn, ChunkInterval interval, IfExists ifExists) {
    if (TableLayout.of(table).isPresent()) {
      if (ifExists == IfExists.KEEP) {
        return false;
      }
      throw OrochiException.of(
              OrochiErrorCode.ALREADY_A_HYPERTABLE,
              "Cannot cut a hypertable again: " + table.name())
          .withHint("Pass if_not_exists => true to leave it as it is.");
    }
    TableLayout layout = new TableLayout(timeColumn, interval, Distributions.of(table), List.of());
    PartitionSpec wanted = layout.partitionSpec(table.schema());
    requireEmpty();
    Transaction transaction = table.newTransaction();
    replaceSpec(transaction.updateSpec(), wanted);
    UpdateProperties properties = transaction.updateProperties();
    Map<String, String> options = layout.properties();
    TableLayout.validate(table.schema(), options);
    options.forEach(properties::set);
    properties.commit();
    transaction.commitTransaction();
    return true;
  }

  private void requireEmpty() {
    if (table.currentSnapshot() != null
        && !table.currentSnapshot().dataManifests(table.io()).isEmpty()) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_ARGUMENT,
              "Cannot cut a table that holds rows: " + table.name())
          .withDetail("Rows written before would belong to no chunk; moving them is not supported.")
          .withHint(
              "Create a new table with 'orochi.hypertable' and INSERT INTO it SELECT * FROM this.");
    }
  }

  private void replaceSpec(UpdatePartitionSpec update, PartitionSpec wanted) {
    Set<String> kept = new HashSet<>();
    for (PartitionField field : table.spec().fields()) {
      if (find(wanted, field)) {
        kept.add(key(field));
      } else {
        update.removeField(field.name());
      }
    }
    for (PartitionField field : wanted.fields()) {
      if (!kept.contains(key(field))) {
        update.addField(field.name(), term(wanted, field));
      }
    }
    update.commit();
  }

  private static boolean find(PartitionSpec spec, PartitionField field) {
    return spec.fields().stream().anyMatch(other -> key(other).equals(key(field)));
  }

  private static String key(PartitionField field) {
    return field.sourceId() + " " + field.transform();
  }

  private static Term term(PartitionSpec spec, PartitionField field) {
    String column = spec.schema().findColumnName(field.sourceId());
    @SuppressWarnings("unchecked")
    Transform<Object, Object> transform = (Transform<Object, Object>) field.transform();
    return Expressions.transform(column, transform);
  }
}
