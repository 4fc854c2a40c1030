package io.orochi.catalog.flink.procedure;

/**
 * One argument of a procedure, described.
 *
 * @param type in SQL
 * @param need whether a call must give it
 * @param description one sentence; says what a call without it means
 */
public record ProcedureArgument(String name, String type, Need need, String description) {
  /** Whether a call must give an argument. */
  public enum Need {
    REQUIRED,
    OPTIONAL
  }

  public static ProcedureArgument required(String name, String type, String description) {
    return new ProcedureArgument(name, type, Need.REQUIRED, description);
  }

  public static ProcedureArgument optional(String name, String type, String description) {
    return new ProcedureArgument(name, type, Need.OPTIONAL, description);
  }
}
