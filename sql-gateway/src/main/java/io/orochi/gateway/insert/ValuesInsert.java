package io.orochi.gateway.insert;

import java.util.List;
import org.apache.flink.table.operations.Operation;

/**
 * A statement with the values of its {@code ?}, where Flink expects one of its operations.
 *
 * @param bound one list for each execution; all of them are one change
 */
public record ValuesInsert(ValuesStatement statement, List<List<Object>> bound)
    implements Operation {
  @Override
  public String asSummaryString() {
    return "INSERT INTO " + String.join(".", statement.table()) + " VALUES";
  }
}
