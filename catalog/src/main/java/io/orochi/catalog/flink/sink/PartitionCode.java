package io.orochi.catalog.flink.sink;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.transforms.PartitionSpecVisitor;

/**
 * Numbers the partitions of a hypertable: rows have the same code if and only if Iceberg puts them
 * into the same partition. Costs neither a String nor a boxed value per row. Not safe for threads.
 */
final class PartitionCode implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TimePartition time;
  private final Bucket bucket;

  private PartitionCode(TimePartition time, Bucket bucket) {
    this.time = time;
    this.bucket = bucket;
  }

  /** Empty unless the table is partitioned by one time transform and at most one bucket. */
  static Optional<PartitionCode> of(Schema schema, PartitionSpec spec, RowType rowType) {
    TimePartition time = null;
    Bucket bucket = null;
    List<Integer> buckets = PartitionSpecVisitor.visit(spec, new BucketCounts());
    for (int i = 0; i < spec.fields().size(); i++) {
      PartitionField field = spec.fields().get(i);
      String source = schema.findColumnName(field.sourceId());
      int column = rowType.getFieldIndex(source);
      if (column < 0) {
        return Optional.empty();
      }
      LogicalType type = rowType.getTypeAt(column);
      if (buckets.get(i) > 0) {
        if (bucket != null || !Bucket.supports(type)) {
          return Optional.empty();
        }
        bucket = Bucket.of(column, buckets.get(i), type);
      } else if (buckets.get(i) == BucketCounts.TIME) {
        if (time != null || !TimePartition.supports(type, schema.findType(field.sourceId()))) {
          return Optional.empty();
        }
        time = TimePartition.of(column, type, field.transform(), schema.findType(field.sourceId()));
      } else {
        return Optional.empty();
      }
    }
    return time == null ? Optional.empty() : Optional.of(new PartitionCode(time, bucket));
  }

  /** Time ordinal in the upper, bucket in the lower half. */
  long of(RowData row) {
    long upper = (long) time.of(row) << 32;
    return bucket == null ? upper : upper | (bucket.of(row) & 0xffffffffL);
  }

  /** 1 if the table is not distributed. */
  int shards() {
    return bucket == null ? 1 : bucket.buckets();
  }

  /** The number of buckets of each field, or one of the constants. */
  private static final class BucketCounts implements PartitionSpecVisitor<Integer> {
    static final int TIME = 0;
    static final int OTHER = -1;

    @Override
    public Integer identity(String sourceName, int sourceId) {
      return OTHER;
    }

    @Override
    public Integer bucket(String sourceName, int sourceId, int numBuckets) {
      return numBuckets;
    }

    @Override
    public Integer truncate(String sourceName, int sourceId, int width) {
      return OTHER;
    }

    @Override
    public Integer year(String sourceName, int sourceId) {
      return TIME;
    }

    @Override
    public Integer month(String sourceName, int sourceId) {
      return TIME;
    }

    @Override
    public Integer day(String sourceName, int sourceId) {
      return TIME;
    }

    @Override
    public Integer hour(String sourceName, int sourceId) {
      return TIME;
    }

    @Override
    public Integer alwaysNull(int fieldId, String sourceName, int sourceId) {
      return OTHER;
    }

    @Override
    public Integer unknown(int fieldId, String sourceName, int sourceId, String transform) {
      return OTHER;
    }
  }
}
