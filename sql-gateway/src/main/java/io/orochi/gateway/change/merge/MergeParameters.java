package io.orochi.gateway.change.merge;

import io.orochi.gateway.change.TargetTable;
import io.orochi.gateway.plan.sql.SqlToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImplConstants;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * A MERGE with {@code ?}.
 *
 * @param sql the statement with a CAST around each {@code ?} whose type its place tells, so that
 *     NULL has a type too
 * @param types what to bind to each {@code ?}; text where nothing is known
 */
public record MergeParameters(String sql, List<LogicalType> types) {
  public MergeParameters {
    types = List.copyOf(types);
  }

  /**
   * Empty for any other statement.
   *
   * @throws io.orochi.table.error.OrochiException SQL_SYNTAX, SQL_INVALID
   */
  public static Optional<MergeParameters> of(String sql, TableEnvironmentInternal environment) {
    List<SqlToken> tokens = SqlToken.of(sql);
    if (!MergeParser.recognises(tokens)) {
      return Optional.empty();
    }
    MergeStatement merge = MergeParser.parse(sql, tokens);
    TargetTable target = Merges.target(merge, environment);
    return Optional.of(of(sql, tokens, new MergeTypes(merge, tokens, target.schema())));
  }

  private static MergeParameters of(String sql, List<SqlToken> tokens, MergeTypes known) {
    StringBuilder text = new StringBuilder();
    List<LogicalType> types = new ArrayList<>();
    int copied = 0;
    for (int i = 0; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      if (token.is(FlinkSqlParserImplConstants.HOOK)) {
        LogicalType type = known.of(i, types.size());
        types.add(type == null ? new VarCharType(VarCharType.MAX_LENGTH) : type.copy(true));
        if (type != null) {
          text.append(sql, copied, token.start())
              .append("CAST(? AS ")
              .append(type.copy(true).asSerializableString())
              .append(')');
          copied = token.end();
        }
      }
    }
    return new MergeParameters(text.append(sql, copied, sql.length()).toString(), types);
  }
}
