package io.orochi.gateway.change.merge;

import io.orochi.gateway.change.MergeOperation;
import io.orochi.gateway.change.TargetTable;
import io.orochi.gateway.plan.planner.SessionPlanner;
import io.orochi.gateway.plan.sql.SqlToken;
import io.orochi.table.error.NearestName;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.util.Util;
import org.apache.flink.table.api.internal.TableEnvironmentImpl;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.catalog.CatalogManager;
import org.apache.flink.table.catalog.UnresolvedIdentifier;
import org.apache.flink.table.planner.calcite.FlinkPlannerImpl;

/** MERGE, which Flink's parser knows in part and its planner not at all. */
public final class Merges {
  private static final String FIRST_WORD = "MERGE";

  private Merges() {}

  /**
   * Parses and validates a MERGE; empty for any other statement.
   *
   * @throws OrochiException SQL_SYNTAX, SQL_INVALID
   */
  public static Optional<MergeOperation> parse(String sql, TableEnvironmentInternal environment) {
    if (!mayBe(sql)) {
      return Optional.empty();
    }
    List<SqlToken> tokens = SqlToken.of(sql);
    if (!MergeParser.recognises(tokens)) {
      return Optional.empty();
    }
    MergeStatement merge = MergeParser.parse(sql, tokens);
    TargetTable target = target(merge, environment);
    MergeQuery query = new MergeQuery(merge, target.schema().getColumnNames());
    FlinkPlannerImpl planner = SessionPlanner.of(environment);
    SqlNode validated = planner.validate(query.select());
    RelNode joined = planner.rel(validated).rel;
    return Optional.of(
        new MergeOperation(target, new MergeTree(query, target, joined).rows(environment)));
  }

  /** Spares every other statement the lexer. */
  private static boolean mayBe(String sql) {
    for (int i = 0; i + FIRST_WORD.length() <= sql.length(); i++) {
      if (sql.regionMatches(true, i, FIRST_WORD, 0, FIRST_WORD.length())) {
        return true;
      }
    }
    return false;
  }

  static TargetTable target(MergeStatement merge, TableEnvironmentInternal environment) {
    SqlIdentifier name = MergeQuery.targetName(merge);
    CatalogManager catalogs = ((TableEnvironmentImpl) environment).getCatalogManager();
    return catalogs
        .getTable(catalogs.qualifyIdentifier(UnresolvedIdentifier.of(name.names)))
        .flatMap(TargetTable::of)
        .orElseThrow(
            () ->
                OrochiException.of(OrochiErrorCode.SQL_INVALID, "Cannot merge into " + name)
                    .withDetail("There is no such table in an Orochi catalog.")
                    .withHint(NearestName.hint(Util.last(name.names), catalogs.listTables())));
  }
}
