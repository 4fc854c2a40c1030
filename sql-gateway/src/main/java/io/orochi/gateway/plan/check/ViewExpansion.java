package io.orochi.gateway.plan.check;

import io.orochi.gateway.plan.sql.Parsing;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;

/**
 * Counts what a statement becomes once the planner has put the query of each view where the view is
 * named: thirty views that each name the one before twice are a thousand million queries. One
 * instance per statement.
 */
public final class ViewExpansion {
  /** The planner reads the text of each, and takes seconds for so many. */
  static final long MOST_QUERIES = 500;

  /** A view as the session finds it. */
  public record FoundView(String qualifiedName, String query) {}

  private final Function<List<String>, Optional<FoundView>> views;
  private final Map<List<String>, Optional<FoundView>> found = new HashMap<>();
  private final Map<String, Long> sizes = new HashMap<>();

  /** The views that are being counted; what the statement itself has written does not count. */
  private int depth;

  /**
   * @param views by the parts of a name, as the statement has it; empty for what is no view
   */
  public ViewExpansion(Function<List<String>, Optional<FoundView>> views) {
    this.views = views;
  }

  /**
   * Returns if the planner can be given the statement, also when it does not parse.
   *
   * @throws OrochiException STATEMENT_TOO_LARGE
   */
  public void check(String sql) {
    long size = Parsing.tryParse(sql).map(this::size).orElse(0L);
    if (size > MOST_QUERIES) {
      throw OrochiException.of(
              OrochiErrorCode.STATEMENT_TOO_LARGE, "Cannot take the statement: it is too large")
          .withDetail(
              "With the query of each view put where the view is named, they are more than "
                  + MOST_QUERIES
                  + " queries.")
          .withHint("Put an intermediate result in a table.");
    }
  }

  private long size(SqlNode node) {
    if (node instanceof SqlSelect select) {
      return capped(
          (depth > 0 ? 1 : 0)
              + read(select.getFrom())
              + sizeOfAll(select.getOperandList(), select));
    } else if (node instanceof SqlNodeList list) {
      return sizeOfAll(list, null);
    } else if (node instanceof SqlCall call) {
      return call.getKind() == SqlKind.EXPLICIT_TABLE
          ? read(call.operand(0))
          : sizeOfAll(call.getOperandList(), null);
    }
    return 0;
  }

  /**
   * @param counted whose FROM is left out
   */
  private long sizeOfAll(Iterable<SqlNode> nodes, SqlSelect counted) {
    long size = 0;
    for (SqlNode node : nodes) {
      if (counted == null || node != counted.getFrom()) {
        size = capped(size + size(node));
      }
    }
    return size;
  }

  /** What a FROM clause or a part of it reads. */
  private long read(SqlNode from) {
    if (from instanceof SqlIdentifier name) {
      return named(name);
    } else if (from instanceof SqlJoin join) {
      return capped(read(join.getLeft()) + read(join.getRight()) + size(join.getCondition()));
    } else if (from instanceof SqlCall call) {
      return switch (call.getKind()) {
        case AS, TABLE_REF, SNAPSHOT, TABLESAMPLE, MATCH_RECOGNIZE, EXPLICIT_TABLE ->
            read(call.operand(0));
        default -> size(call);
      };
    }
    return 0;
  }

  private long named(SqlIdentifier name) {
    Optional<FoundView> view = found.computeIfAbsent(List.copyOf(name.names), views);
    if (view.isEmpty()) {
      return 0;
    }
    Long known = sizes.get(view.get().qualifiedName());
    if (known == null) {
      sizes.put(view.get().qualifiedName(), 0L);
      depth++;
      known = Parsing.tryParse(view.get().query()).map(this::size).orElse(0L);
      depth--;
      sizes.put(view.get().qualifiedName(), known);
    }
    return known;
  }

  private static long capped(long size) {
    return Math.min(size, MOST_QUERIES + 1);
  }
}
