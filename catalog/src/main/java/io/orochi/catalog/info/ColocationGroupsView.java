package io.orochi.catalog.info;

import io.orochi.catalog.hypertable.ColocationGroups;
import io.orochi.catalog.hypertable.Distributions;
import io.orochi.table.layout.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/** One row for each group of co-located tables. */
final class ColocationGroupsView implements InfoView {
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(
              1, "colocation_group", Types.StringType.get(), "its name, that of its first table"),
          Types.NestedField.required(
              2, "shard_count", Types.IntegerType.get(), "of each of its tables"),
          Types.NestedField.optional(
              3, "distribution_column_type", Types.StringType.get(), "Iceberg's type of the key"),
          Types.NestedField.required(4, "num_tables", Types.IntegerType.get(), "its tables"),
          Types.NestedField.required(
              5, "table_names", Types.StringType.get(), "their names, separated by commas"));

  @Override
  public String name() {
    return "colocation_groups";
  }

  @Override
  public String description() {
    return "Tables whose equal keys lie in equal shards, so that they join shard by shard.";
  }

  @Override
  public Schema schema() {
    return SCHEMA;
  }

  @Override
  public List<Object[]> rows(InfoContext context) {
    Map<String, List<StoredTables.Stored>> groups = new TreeMap<>();
    StoredTables.of(context.catalog())
        .forEach(
            stored ->
                ColocationGroups.of(stored.table())
                    .ifPresent(
                        group ->
                            groups.computeIfAbsent(group, g -> new ArrayList<>()).add(stored)));
    return groups.entrySet().stream().map(group -> row(group.getKey(), group.getValue())).toList();
  }

  private static Object[] row(String group, List<StoredTables.Stored> tables) {
    StoredTables.Stored first = tables.get(0);
    Distribution distribution = Distributions.of(first.table());
    String type =
        distribution instanceof Distribution.Hash hash
            ? first.table().schema().findType(hash.column()).toString()
            : null;
    return new Object[] {
      group,
      distribution.shards(),
      type,
      tables.size(),
      tables.stream()
          .map(stored -> stored.database() + "." + stored.name())
          .collect(Collectors.joining(", "))
    };
  }
}
