package io.orochi.catalog.flink.procedure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.flink.table.procedures.Procedure;
import org.apache.flink.types.Row;

/** {@code sys.help}. */
public final class Help implements Procedure {
  static final ProcedureSpec SPEC =
      new ProcedureSpec(
          "help",
          "Lists the procedures, or the arguments of one.",
          List.of(
              ProcedureArgument.optional(
                  "name", "STRING", "A procedure; all are listed if absent.")),
          "CALL sys.help('create_hypertable')",
          support -> new Help());

  @ProcedureHint(
      arguments = @ArgumentHint(name = "name", type = @DataTypeHint("STRING"), isOptional = true),
      output = @DataTypeHint("ROW<item STRING, type STRING, description STRING>"))
  public Row[] call(ProcedureContext context, String name) {
    List<Row> rows = new ArrayList<>();
    if (name == null) {
      Procedures.all()
          .forEach(spec -> rows.add(Row.of(spec.name(), "procedure", spec.description())));
      return rows.toArray(Row[]::new);
    }
    ProcedureSpec spec = Procedures.require(name.strip().replaceFirst("^sys\\.", ""));
    rows.add(Row.of(spec.signature(), "procedure", spec.description()));
    for (ProcedureArgument argument : spec.arguments()) {
      String need = argument.need().name().toLowerCase(Locale.ROOT);
      rows.add(Row.of(argument.name(), argument.type() + ", " + need, argument.description()));
    }
    rows.add(Row.of(spec.example(), "example", ""));
    return rows.toArray(Row[]::new);
  }
}
