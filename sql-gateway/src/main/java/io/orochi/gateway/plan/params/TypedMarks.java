package io.orochi.gateway.plan.params;

import io.orochi.gateway.plan.sql.SqlToken;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImplConstants;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * A statement whose {@code ?} have types, so that NULL has one too.
 *
 * @param sql the statement with a CAST around each {@code ?} of which the type is known
 * @param types what to bind to each {@code ?}; text where nothing is known
 */
public record TypedMarks(String sql, List<LogicalType> types) {
  public TypedMarks {
    types = List.copyOf(types);
  }

  /**
   * @param known by the number of the {@code ?}; null where nothing is known
   */
  public static TypedMarks of(String sql, List<SqlToken> tokens, List<LogicalType> known) {
    StringBuilder text = new StringBuilder();
    List<LogicalType> types = new ArrayList<>();
    int copied = 0;
    for (SqlToken token : tokens) {
      if (!token.is(FlinkSqlParserImplConstants.HOOK)) {
        continue;
      }
      LogicalType type = known.get(types.size());
      types.add(type == null ? new VarCharType(VarCharType.MAX_LENGTH) : type.copy(true));
      if (type != null) {
        text.append(sql, copied, token.start())
            .append("CAST(? AS ")
            .append(type.copy(true).asSerializableString())
            .append(')');
        copied = token.end();
      }
    }
    return new TypedMarks(text.append(sql, copied, sql.length()).toString(), types);
  }

  /** Of a statement of which nothing is known. */
  public static List<LogicalType> unknown(int parameters) {
    return new ArrayList<>(Collections.nCopies(parameters, (LogicalType) null));
  }
}
