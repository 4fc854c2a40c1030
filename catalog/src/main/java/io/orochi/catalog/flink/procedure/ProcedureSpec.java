package io.orochi.catalog.flink.procedure;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.table.procedures.Procedure;

/**
 * One procedure, described.
 *
 * @param description one or two sentences
 * @param example a whole statement
 */
public record ProcedureSpec(
    String name,
    String description,
    List<ProcedureArgument> arguments,
    String example,
    Function<ProcedureSupport, Procedure> constructor) {
  public ProcedureSpec {
    arguments = List.copyOf(arguments);
  }

  public Procedure create(ProcedureSupport support) {
    return constructor.apply(support);
  }

  /** The call with argument names and types; optional arguments in brackets. */
  public String signature() {
    return arguments.stream()
        .map(
            argument ->
                argument.need() == ProcedureArgument.Need.REQUIRED
                    ? argument.name() + " " + argument.type()
                    : "[" + argument.name() + " " + argument.type() + "]")
        .collect(Collectors.joining(", ", "sys." + name + "(", ")"));
  }
}
