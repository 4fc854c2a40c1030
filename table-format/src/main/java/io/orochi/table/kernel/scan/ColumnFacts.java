package io.orochi.table.kernel.scan;

/**
 * What the metadata of files says of a column's values.
 *
 * @param nulls null values, negative if unknown; deleted rows count
 * @param min a value that none is less than, in Iceberg's form; null if unknown
 * @param max a value that none is greater than, in Iceberg's form; null if unknown
 * @param allNull whether the files have no other values, so that there is no min or max
 */
public record ColumnFacts(long nulls, Object min, Object max, boolean allNull) {
  static final ColumnFacts UNKNOWN = new ColumnFacts(-1, null, null, false);
}
