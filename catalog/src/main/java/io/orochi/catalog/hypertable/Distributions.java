package io.orochi.catalog.hypertable;

import io.orochi.table.layout.Distribution;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.Table;

/** Reads distributions of tables, hypertables or not. */
public final class Distributions {
  private static final String BUCKET = "bucket[";

  private Distributions() {}

  /** The first bucket field of the partition spec; {@link Distribution#NONE} without one. */
  public static Distribution of(Table table) {
    for (PartitionField field : table.spec().fields()) {
      String transform = field.transform().toString();
      if (transform.startsWith(BUCKET)) {
        int shards = Integer.parseInt(transform.substring(BUCKET.length(), transform.length() - 1));
        return new Distribution.Hash(table.schema().findColumnName(field.sourceId()), shards);
      }
    }
    return Distribution.NONE;
  }
}
