package io.orochi.catalog.flink.procedure.layout;

import io.orochi.catalog.flink.procedure.Arguments;
import io.orochi.catalog.flink.procedure.ProcedureArgument;
import io.orochi.catalog.flink.procedure.ProcedureSpec;
import io.orochi.catalog.flink.procedure.ProcedureSupport;
import io.orochi.catalog.hypertable.Distributions;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.layout.Distribution;
import io.orochi.table.layout.Shard;
import java.util.List;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.flink.table.procedures.Procedure;
import org.apache.flink.types.Row;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.types.Type;

/** {@code sys.get_shard_for_value}. */
public final class GetShardForValue implements Procedure {
  public static final ProcedureSpec SPEC =
      new ProcedureSpec(
          "get_shard_for_value",
          "Tells which shard of a distributed table holds the rows of a key.",
          List.of(
              ProcedureArgument.required("relation", "STRING", "The table, with its database."),
              ProcedureArgument.required("value", "STRING", "The key, as text.")),
          "CALL sys.get_shard_for_value('metrics.cpu', 'host_17')",
          GetShardForValue::new);

  private final ProcedureSupport support;

  GetShardForValue(ProcedureSupport support) {
    this.support = support;
  }

  @ProcedureHint(
      arguments = {
        @ArgumentHint(name = "relation", type = @DataTypeHint("STRING")),
        @ArgumentHint(name = "value", type = @DataTypeHint("STRING"))
      },
      output = @DataTypeHint("ROW<relation STRING, distribution_column STRING, shard INT>"))
  public Row[] call(ProcedureContext context, String relation, String value) {
    Table table = support.table(relation);
    if (!(Distributions.of(table) instanceof Distribution.Hash hash)) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_ARGUMENT,
              "Cannot find shards of a table that is not distributed: " + relation)
          .withHint("CALL sys.create_distributed_table distributes it.");
    }
    Type type = table.schema().findType(hash.column());
    Object key = parse(type, Arguments.require("value", value), hash.column());
    return new Row[] {Row.of(relation, hash.column(), Shard.of(type, key, hash.shards()).number())};
  }

  private static Object parse(Type type, String text, String column) {
    try {
      Literal<?> literal =
          switch (type.typeId()) {
            case INTEGER, LONG -> Literal.of(Long.parseLong(text.strip())).to(type);
            default ->
                Literal.of(text.strip().replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) ", "$1T")).to(type);
          };
      if (literal != null) {
        return literal.value();
      }
    } catch (RuntimeException notOfType) {
      throw invalid(type, text, column).causedBy(notOfType);
    }
    throw invalid(type, text, column);
  }

  private static OrochiException invalid(Type type, String text, String column) {
    return OrochiException.of(OrochiErrorCode.INVALID_ARGUMENT, "Invalid value: '" + text + "'")
        .withDetail("Column " + column + " is of type " + type + ".")
        .withHint("Write it as SQL prints it, a TIMESTAMP_LTZ with its zone: '…T10:00:00+00:00'.");
  }
}
