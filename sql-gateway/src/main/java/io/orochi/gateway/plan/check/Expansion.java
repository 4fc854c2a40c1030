package io.orochi.gateway.plan.check;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.HashMap;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;

/**
 * Counts what a statement becomes once the planner has put each WITH query where it is named and
 * each CUBE and ROLLUP is written out: thirty lines can name a table a thousand million times. One
 * instance per statement.
 */
final class Expansion {
  static final long MOST_QUERIES = 2_000;
  static final int MOST_CUBE_COLUMNS = 12;

  private final Map<String, Long> sizes;

  Expansion() {
    this(Map.of());
  }

  private Expansion(Map<String, Long> sizes) {
    this.sizes = new HashMap<>(sizes);
  }

  /**
   * Returns if the planner can be given the statement.
   *
   * @throws OrochiException STATEMENT_TOO_LARGE
   */
  void check(SqlNode statement) {
    long size = size(statement);
    if (size > MOST_QUERIES) {
      throw tooLarge(
              "With each WITH query put where it is named, it has more than "
                  + MOST_QUERIES
                  + " queries.")
          .withHint("Put an intermediate result in a table.");
    }
  }

  /** The number of queries in it, at least, and never above {@link #MOST_QUERIES} by much. */
  private long size(SqlNode node) {
    if (node instanceof SqlWith with) {
      return size(with);
    } else if (node instanceof SqlIdentifier name) {
      return name.isSimple() ? sizes.getOrDefault(name.getSimple(), 0L) : 0;
    } else if (node instanceof SqlNodeList list) {
      return sizeOfAll(list);
    } else if (node instanceof SqlCall call) {
      requireFewGroupingSets(call);
      long own = call.getKind() == SqlKind.SELECT ? 1 : 0;
      return Math.min(own + sizeOfAll(call.getOperandList()), MOST_QUERIES + 1);
    }
    return 0;
  }

  private long sizeOfAll(Iterable<SqlNode> nodes) {
    long size = 0;
    for (SqlNode node : nodes) {
      size += size(node);
    }
    return Math.min(size, MOST_QUERIES + 1);
  }

  private long size(SqlWith with) {
    Expansion inside = new Expansion(sizes);
    long size = 0;
    for (SqlNode each : with.withList) {
      SqlWithItem item = (SqlWithItem) each;
      long query = inside.size(item.query);
      inside.sizes.put(item.name.getSimple(), query);
      size = Math.max(size, query);
    }
    return Math.max(size, inside.size(with.body));
  }

  private static void requireFewGroupingSets(SqlCall call) {
    int columns = call.operandCount();
    if (call.getKind() == SqlKind.CUBE && columns > MOST_CUBE_COLUMNS) {
      throw tooLarge(
              "CUBE of "
                  + columns
                  + " columns is 2 to the power of "
                  + columns
                  + " groupings; the most is "
                  + MOST_CUBE_COLUMNS
                  + " columns.")
          .withHint("List the groupings that are wanted in GROUPING SETS.");
    }
  }

  private static OrochiException tooLarge(String detail) {
    return OrochiException.of(
            OrochiErrorCode.STATEMENT_TOO_LARGE, "Cannot take the statement: it is too large")
        .withDetail(detail);
  }
}
