package io.orochi.gateway.change.merge;

import io.orochi.gateway.change.TargetTable;
import io.orochi.gateway.plan.params.TypedMarks;
import io.orochi.gateway.plan.sql.SqlToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImplConstants;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.types.logical.LogicalType;

/** The {@code ?} of a MERGE, whose types their places tell. */
public final class MergeParameters {
  private MergeParameters() {}

  /**
   * Empty for any other statement.
   *
   * @throws io.orochi.table.error.OrochiException SQL_SYNTAX, SQL_INVALID
   */
  public static Optional<TypedMarks> of(String sql, TableEnvironmentInternal environment) {
    List<SqlToken> tokens = SqlToken.of(sql);
    if (!MergeParser.recognises(tokens)) {
      return Optional.empty();
    }
    MergeStatement merge = MergeParser.parse(sql, tokens);
    TargetTable target = Merges.target(merge, environment);
    MergeTypes known = new MergeTypes(merge, tokens, target.schema());
    List<LogicalType> types = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).is(FlinkSqlParserImplConstants.HOOK)) {
        types.add(known.of(i, types.size()));
      }
    }
    return Optional.of(TypedMarks.of(sql, tokens, types));
  }
}
