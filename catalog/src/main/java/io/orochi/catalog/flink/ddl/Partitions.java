package io.orochi.catalog.flink.ddl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.table.catalog.CatalogPartition;
import org.apache.flink.table.catalog.CatalogPartitionImpl;
import org.apache.flink.table.catalog.CatalogPartitionSpec;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.PartitionNotExistException;
import org.apache.flink.table.catalog.exceptions.TableNotPartitionedException;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;

/**
 * The partitions of {@code PARTITIONED BY} columns, as the files tell them. Partitions of time and
 * of buckets are chunks and shards, and are not shown here.
 */
public final class Partitions {
  private static final String NULL = "null";

  private final String catalog;

  public Partitions(String catalog) {
    this.catalog = catalog;
  }

  public List<CatalogPartitionSpec> list(Table table, ObjectPath path)
      throws TableNotPartitionedException {
    requirePartitioned(table, path);
    Set<CatalogPartitionSpec> found = new LinkedHashSet<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        found.add(valuesOf(table, task.file()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list partitions of " + path, e);
    }
    return List.copyOf(found);
  }

  /** Those that have the values of {@code part}, which may name some of the columns. */
  public List<CatalogPartitionSpec> list(Table table, ObjectPath path, CatalogPartitionSpec part)
      throws TableNotPartitionedException {
    return list(table, path).stream()
        .filter(
            each ->
                each.getPartitionSpec().entrySet().containsAll(part.getPartitionSpec().entrySet()))
        .toList();
  }

  public CatalogPartition get(Table table, ObjectPath path, CatalogPartitionSpec partition)
      throws TableNotPartitionedException, PartitionNotExistException {
    if (list(table, path, partition).isEmpty()) {
      throw new PartitionNotExistException(catalog, path, partition);
    }
    return new CatalogPartitionImpl(Map.of(), "");
  }

  /**
   * Removes the rows of a partition by removing its files, which costs no reading.
   *
   * @return false if there is none
   */
  public boolean drop(Table table, ObjectPath path, CatalogPartitionSpec partition)
      throws TableNotPartitionedException {
    if (list(table, path, partition).isEmpty()) {
      return false;
    }
    Expression rows = Expressions.alwaysTrue();
    for (Map.Entry<String, String> value : partition.getPartitionSpec().entrySet()) {
      rows = Expressions.and(rows, equal(table, value.getKey(), value.getValue()));
    }
    table.newDelete().deleteFromRowFilter(rows).commit();
    return true;
  }

  private static Expression equal(Table table, String column, String text) {
    if (text == null || text.equals(NULL)) {
      return Expressions.isNull(column);
    }
    Type type = table.schema().findType(column);
    return Expressions.equal(column, Conversions.fromPartitionString(type, text));
  }

  private void requirePartitioned(Table table, ObjectPath path)
      throws TableNotPartitionedException {
    if (identityFields(table.spec()).isEmpty()) {
      throw new TableNotPartitionedException(catalog, path);
    }
  }

  private static CatalogPartitionSpec valuesOf(Table table, DataFile file) {
    PartitionSpec spec = table.specs().get(file.specId());
    Map<String, String> values = new LinkedHashMap<>();
    for (int position : identityFields(spec)) {
      PartitionField field = spec.fields().get(position);
      Object value = file.partition().get(position, Object.class);
      values.put(
          table.schema().findColumnName(field.sourceId()),
          human(field, spec.partitionType().fields().get(position).type(), value));
    }
    return new CatalogPartitionSpec(values);
  }

  @SuppressWarnings("unchecked")
  private static String human(PartitionField field, Type type, Object value) {
    return ((org.apache.iceberg.transforms.Transform<Object, Object>) field.transform())
        .toHumanString(type, value);
  }

  private static List<Integer> identityFields(PartitionSpec spec) {
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < spec.fields().size(); i++) {
      if (spec.fields().get(i).transform().isIdentity()) {
        positions.add(i);
      }
    }
    return positions;
  }
}
