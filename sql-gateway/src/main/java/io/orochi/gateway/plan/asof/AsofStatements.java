package io.orochi.gateway.plan.asof;

import io.orochi.gateway.plan.check.StatementChecks;
import io.orochi.gateway.plan.planner.SessionPlanner;
import io.orochi.gateway.plan.sql.ParsedVisitor;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.flink.sql.parser.ddl.SqlCreateMaterializedTable;
import org.apache.flink.sql.parser.ddl.SqlCreateView;
import org.apache.flink.table.api.internal.TableEnvironmentImpl;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.planner.calcite.FlinkPlannerImpl;
import org.apache.flink.table.planner.operations.SqlNodeToOperationConversion;

/**
 * Statements with {@code a ASOF [LEFT] JOIN b ON ...}: to each row of {@code a} the one row of
 * {@code b} that is equal in the columns compared by {@code =} and nearest by the one inequality.
 * Flink's parser does not know the word. It is found among the tokens of Flink's lexer, the rest is
 * parsed and validated by Flink at its place, and the joins it stood before get an {@link
 * AsofCondition}.
 */
public final class AsofStatements {
  private AsofStatements() {}

  /**
   * Parses and validates such a statement; empty for any other.
   *
   * @throws OrochiException STATEMENT_NOT_SUPPORTED for what would be stored as text
   */
  public static Optional<Operation> parse(String sql, TableEnvironmentInternal environment) {
    AsofWords words = AsofWords.in(sql);
    if (words.isEmpty()) {
      return Optional.empty();
    }
    TableEnvironmentImpl session = (TableEnvironmentImpl) environment;
    FlinkPlannerImpl planner = SessionPlanner.of(environment);
    SqlNode statement = planner.parser().parse(words.blanked());
    if (statement instanceof SqlCreateView || statement instanceof SqlCreateMaterializedTable) {
      throw OrochiException.of(
              OrochiErrorCode.STATEMENT_NOT_SUPPORTED, "Cannot keep an ASOF JOIN in a view")
          .withHint("Run the query itself, or store its rows with CREATE TABLE and INSERT.");
    }
    StatementChecks.check(statement);
    Marker marker = new Marker(words.joins());
    statement.accept(marker);
    if (marker.marked < words.joins().size()) {
      throw OrochiException.of(
              OrochiErrorCode.SQL_SYNTAX, "Invalid ASOF JOIN: expected ASOF [LEFT] JOIN t ON ...")
          .withHint("FROM trades t ASOF JOIN quotes q ON t.symbol = q.symbol AND t.ts >= q.ts");
    }
    return SqlNodeToOperationConversion.convert(planner, session.getCatalogManager(), statement);
  }

  /** Marks the joins whose first word stands at one of the places. */
  private static final class Marker extends ParsedVisitor {
    private final List<AsofWords.Place> places;
    private int marked;

    Marker(List<AsofWords.Place> places) {
      this.places = places;
    }

    @Override
    public Void visit(org.apache.calcite.sql.SqlCall call) {
      if (call instanceof SqlJoin join && join.getConditionType() == JoinConditionType.ON) {
        SqlParserPos word = join.getJoinTypeNode().getParserPosition();
        if (places.contains(new AsofWords.Place(word.getLineNum(), word.getColumnNum()))) {
          join.setOperand(5, AsofCondition.around(join.getCondition()));
          marked++;
        }
      }
      return super.visit(call);
    }
  }
}
