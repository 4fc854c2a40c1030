package io.orochi.catalog.transaction;

import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;

/**
 * A table as a statement inside a transaction reads it. What staging cannot change is answered
 * without staging, so that a statement which only adds rows writes no manifest.
 */
final class PinnedTable extends BaseTable {
  private static final long serialVersionUID = 1L;

  private final transient TableMetadata base;
  private final transient StagedTable staged;

  PinnedTable(PinnedOperations operations, String name, TableMetadata base, StagedTable staged) {
    super(operations, name);
    this.base = base;
    this.staged = staged;
  }

  StagedTable staged() {
    return staged;
  }

  @Override
  public Schema schema() {
    return base.schema();
  }

  @Override
  public Map<Integer, Schema> schemas() {
    return base.schemasById();
  }

  @Override
  public PartitionSpec spec() {
    return base.spec();
  }

  @Override
  public Map<Integer, PartitionSpec> specs() {
    return base.specsById();
  }

  @Override
  public SortOrder sortOrder() {
    return base.sortOrder();
  }

  @Override
  public Map<Integer, SortOrder> sortOrders() {
    return base.sortOrdersById();
  }

  @Override
  public Map<String, String> properties() {
    return base.properties();
  }

  @Override
  public String location() {
    return base.location();
  }

  @Override
  public UUID uuid() {
    return UUID.fromString(base.uuid());
  }
}
