package io.orochi.catalog.flink.ddl;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.Schema;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlannedColumnsTest {
  private static final Schema TABLE =
      new Schema(
          Types.NestedField.required(1, "a", Types.IntegerType.get()),
          Types.NestedField.optional(2, "b", Types.StringType.get()));

  @Test
  void theSameColumnsPassWhateverTheirIdsAndNullability() {
    Schema now =
        new Schema(
            Types.NestedField.optional(7, "a", Types.IntegerType.get()),
            Types.NestedField.optional(9, "b", Types.StringType.get()));

    assertThatCode(() -> PlannedColumns.require("t", now, planned(TABLE)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dropped", "added", "renamed", "widened", "moved"})
  void anyOtherColumnsAreRefused(String change) {
    Types.NestedField a = TABLE.findField("a");
    Types.NestedField b = TABLE.findField("b");
    Schema now =
        switch (change) {
          case "dropped" -> new Schema(a);
          case "added" ->
              new Schema(a, b, Types.NestedField.optional(3, "c", Types.IntegerType.get()));
          case "renamed" ->
              new Schema(a, Types.NestedField.optional(2, "c", Types.StringType.get()));
          case "widened" -> new Schema(Types.NestedField.required(1, "a", Types.LongType.get()), b);
          default -> new Schema(b, a);
        };

    assertThatThrownBy(() -> PlannedColumns.require("shop.t", now, planned(TABLE)))
        .hasMessageContaining("OROCHI-3022")
        .hasMessageContaining("shop.t")
        .hasMessageContaining("HINT: Run it again");
  }

  private static RowType planned(Schema schema) {
    return FlinkSchemaUtil.convert(schema);
  }
}
