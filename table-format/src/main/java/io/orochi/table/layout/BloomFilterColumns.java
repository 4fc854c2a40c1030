package io.orochi.table.layout;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** The columns of whose values new files have a bloom filter. */
public final class BloomFilterColumns {
  private static final int LONG_DIGITS = 18;

  /** More than a filter of as many values as the option may say. */
  private static final int MOST_BYTES = 32 << 20;

  private static final String WRONG_ANSWERS = "0.01";

  private BloomFilterColumns() {}

  /** Whether equal values of a type have equal bytes, of which filters are made. */
  static boolean canHave(Type type) {
    return switch (type.typeId()) {
      case INTEGER, LONG, DATE, TIMESTAMP, STRING, BINARY -> true;
      case DECIMAL -> ((Types.DecimalType) type).precision() <= LONG_DIGITS;
      default -> false;
    };
  }

  /** Their field ids; by our option or by Iceberg's own properties. */
  public static Set<Integer> of(Table table) {
    Set<Integer> ids = new HashSet<>();
    for (NestedField column : table.schema().columns()) {
      String iceberg = TableProperties.PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX + column.name();
      if (Boolean.parseBoolean(table.properties().get(iceberg))
          || named(table.properties()).contains(column.name())) {
        ids.add(column.fieldId());
      }
    }
    return ids;
  }

  /** A table's properties with those that make Iceberg's writers write the filters. */
  public static Map<String, String> addTo(Map<String, String> properties, Schema schema) {
    Map<String, String> all = new HashMap<>(properties);
    String values =
        properties.getOrDefault(
            TableOptions.BLOOM_FILTER_VALUES,
            String.valueOf(TableOptions.BLOOM_FILTER_VALUES_DEFAULT));
    for (String column : named(properties)) {
      if (schema.asStruct().field(column) != null) {
        all.put(TableProperties.PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX + column, "true");
        all.putIfAbsent(
            TableProperties.PARQUET_BLOOM_FILTER_COLUMN_NDV_PREFIX + column, values.strip());
        all.putIfAbsent(
            TableProperties.PARQUET_BLOOM_FILTER_COLUMN_FPP_PREFIX + column, WRONG_ANSWERS);
        all.putIfAbsent(TableProperties.PARQUET_BLOOM_FILTER_MAX_BYTES, String.valueOf(MOST_BYTES));
      }
    }
    return all;
  }

  private static List<String> named(Map<String, String> properties) {
    return TableLayout.columnsIn(properties.getOrDefault(TableOptions.BLOOM_FILTER, ""));
  }
}
