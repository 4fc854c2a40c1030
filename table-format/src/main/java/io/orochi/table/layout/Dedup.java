package io.orochi.table.layout;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;

/** What becomes of a new row whose primary key another row has. */
public enum Dedup {
  /** It takes the other's place. */
  UPSERT,
  /** It is left out: the first row of a key stays. */
  FIRST,
  /** The same under the name that INSERT IGNORE has made known. */
  IGNORE;

  /** As the option has it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the older of two rows stays. */
  public boolean keepsOld() {
    return this != UPSERT;
  }

  static List<String> texts() {
    return Arrays.stream(values()).map(Dedup::text).toList();
  }

  static Optional<Dedup> parse(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(value -> value.text().equals(lower)).findFirst();
  }

  /** Empty if the table's keys are not kept unique. */
  public static Optional<Dedup> of(Table table) {
    return table.schema().identifierFieldIds().isEmpty()
        ? Optional.empty()
        : of(table.properties());
  }

  /** By the options alone. */
  public static Optional<Dedup> of(Map<String, String> options) {
    return Optional.ofNullable(options.get(TableOptions.DEDUP)).flatMap(Dedup::parse);
  }

  /** The columns of a table's primary key, in the schema's order. */
  public static List<String> keyColumns(Schema schema) {
    return schema.columns().stream()
        .filter(column -> schema.identifierFieldIds().contains(column.fieldId()))
        .map(column -> column.name())
        .toList();
  }

  /**
   * Checks that keys can be kept unique, if the options ask for it.
   *
   * @throws OrochiException CONSTRAINT_INVALID without a primary key, or with one that lacks a
   *     column which the table is partitioned by
   */
  public static void check(Schema schema, Map<String, String> options, PartitionSpec spec) {
    Optional<Dedup> dedup = of(options);
    if (dedup.isEmpty()) {
      return;
    }
    List<String> key = keyColumns(schema);
    if (key.isEmpty()) {
      throw OrochiException.of(
              OrochiErrorCode.CONSTRAINT_INVALID,
              "Cannot keep keys unique in a table without a primary key")
          .withDetail("%s = %s works by it.".formatted(TableOptions.DEDUP, dedup.get().text()))
          .withHint("Add PRIMARY KEY (column, …) NOT ENFORCED, or leave the option out.");
    }
    Set<String> missing = new LinkedHashSet<>();
    for (PartitionField field : spec.fields()) {
      String column = schema.findColumnName(field.sourceId());
      if (!field.transform().isVoid() && column != null && !key.contains(column)) {
        missing.add(column);
      }
    }
    if (!missing.isEmpty()) {
      throw lacking(key, missing);
    }
  }

  private static OrochiException lacking(List<String> key, Set<String> missing) {
    Set<String> whole = new LinkedHashSet<>(key);
    whole.addAll(missing);
    return OrochiException.of(
            OrochiErrorCode.CONSTRAINT_INVALID,
            "Cannot keep the primary key (%s) unique: it lacks %s"
                .formatted(String.join(", ", key), String.join(", ", missing)))
        .withDetail(
            "The table is partitioned by %s, and all rows of a key must lie in one partition."
                .formatted(String.join(", ", missing)))
        .withHint(
            "Write PRIMARY KEY (%s) NOT ENFORCED, or leave the key out."
                .formatted(String.join(", ", whole)));
  }
}
