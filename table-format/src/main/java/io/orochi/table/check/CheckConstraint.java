package io.orochi.table.check;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Set;
import org.apache.iceberg.Schema;

/**
 * A condition that every row written must not fail; a row for which it is NULL passes, as in SQL.
 * Numbers are computed exactly unless a DOUBLE takes part, and no session setting changes what it
 * means. Safe to share between threads.
 */
public final class CheckConstraint {
  private final String name;
  private final String condition;
  private final Set<String> columns;
  private final CheckExpression expression;

  private CheckConstraint(
      String name, String condition, Set<String> columns, CheckExpression expression) {
    this.name = name;
    this.condition = condition;
    this.columns = Set.copyOf(columns);
    this.expression = expression;
  }

  /**
   * @throws OrochiException CONSTRAINT_INVALID if the condition cannot be enforced by every writer
   */
  public static CheckConstraint parse(String name, String condition, Schema schema) {
    try {
      CheckParser parser = new CheckParser(condition, schema);
      CheckExpression expression = parser.parse();
      return new CheckConstraint(name, condition, parser.columns(), expression);
    } catch (InvalidCheck invalid) {
      throw OrochiException.of(
              OrochiErrorCode.CONSTRAINT_INVALID, "Invalid CHECK " + name + ": " + condition)
          .withDetail("At character %d: %s".formatted(invalid.position() + 1, invalid.getMessage()))
          .withHint(
              "Compare columns and values with =, <>, <, <=, >, >=, BETWEEN, IN, LIKE and IS NULL,"
                  + " joined by AND, OR and NOT.");
    } catch (StackOverflowError deep) {
      throw OrochiException.of(
              OrochiErrorCode.CONSTRAINT_INVALID, "Invalid CHECK " + name + ": nested too deeply")
          .withHint("Make several constraints of it.");
    }
  }

  public String name() {
    return name;
  }

  /** As it was written. */
  public String condition() {
    return condition;
  }

  /** The columns it names. */
  public Set<String> columns() {
    return columns;
  }

  public boolean allows(RowValues row) {
    return !Boolean.FALSE.equals(expression.of(row));
  }
}
