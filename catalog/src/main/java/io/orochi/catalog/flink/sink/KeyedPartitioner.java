package io.orochi.catalog.flink.sink;

import org.apache.flink.api.common.functions.Partitioner;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.flink.RowDataWrapper;

/** Sends each partition of a table that is no hypertable to one writer, by Iceberg's own key. */
final class KeyedPartitioner implements Partitioner<RowData> {
  private static final long serialVersionUID = 1L;

  private final Schema schema;
  private final PartitionSpec spec;
  private final RowType rowType;
  private transient RowDataWrapper wrapper;
  private transient PartitionKey key;

  KeyedPartitioner(Schema schema, PartitionSpec spec, RowType rowType) {
    this.schema = schema;
    this.spec = spec;
    this.rowType = rowType;
  }

  @Override
  public int partition(RowData row, int writers) {
    if (key == null) {
      wrapper = new RowDataWrapper(rowType, schema.asStruct());
      key = new PartitionKey(spec, schema);
    }
    key.partition(wrapper.wrap(row));
    int hash = key.hashCode() * 0x9e3779b9;
    return Math.floorMod(hash ^ (hash >>> 16), writers);
  }
}
