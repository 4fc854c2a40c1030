package io.orochi.gateway.plan.sql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.flink.util.ExceptionUtils;

/**
 * {@code GROUP BY 1, bucket}: a number is the place of an item of the select list, and a name that
 * no input column has is the item's own. Flink takes the number for a constant and does not look
 * for the name. Both are replaced in the text by the expression they stand for, so that every
 * reader of the statement, and a view that is kept, sees what Flink understands.
 */
public final class GroupKeys {
  private static final String WORD = "group";
  private static final int MOST_NAMES = 64;

  private GroupKeys() {}

  /**
   * Validates a statement, as long as it fails at a name of the select list with the name replaced.
   * Input columns come first, as in PostgreSQL: only the validator knows them.
   *
   * @param attempt parses and validates the text it is given
   * @throws RuntimeException the last attempt's
   */
  public static <T> T resolving(String sql, Function<String, T> attempt) {
    if (!sql.toLowerCase(Locale.ROOT).contains(WORD)) {
      return attempt.apply(sql);
    }
    String text = withoutPositions(sql);
    for (int names = 0; names < MOST_NAMES; names++) {
      try {
        return attempt.apply(text);
      } catch (RuntimeException failure) {
        text = withoutName(text, failure).orElseThrow(() -> failure);
      }
    }
    return attempt.apply(text);
  }

  /** The text with each place of the select list replaced by what stands there. */
  static String withoutPositions(String sql) {
    return rewritten(sql, GroupKeys::byPosition);
  }

  /** Empty if the failure is not that of a name that stands for an item of the select list. */
  private static Optional<String> withoutName(String sql, RuntimeException failure) {
    return ExceptionUtils.findThrowable(failure, CalciteContextException.class)
        .map(
            unknown ->
                rewritten(
                    sql,
                    (select, key) ->
                        key.getParserPosition().getLineNum() == unknown.getPosLine()
                                && key.getParserPosition().getColumnNum() == unknown.getPosColumn()
                            ? byName(select, key)
                            : Optional.empty()))
        .filter(text -> !text.equals(sql));
  }

  private static Optional<SqlNode> byPosition(SqlSelect select, SqlNode key) {
    if (!(key instanceof SqlNumericLiteral literal) || !literal.isInteger()) {
      return Optional.empty();
    }
    int place = literal.bigDecimalValue().intValue();
    SqlNodeList items = select.getSelectList();
    boolean counted =
        items.stream().noneMatch(item -> item instanceof SqlIdentifier name && name.isStar());
    return counted && place >= 1 && place <= items.size()
        ? Optional.of(expression(items.get(place - 1)))
        : Optional.empty();
  }

  private static Optional<SqlNode> byName(SqlSelect select, SqlNode key) {
    if (!(key instanceof SqlIdentifier name) || !name.isSimple()) {
      return Optional.empty();
    }
    List<SqlNode> named =
        select.getSelectList().stream()
            .filter(item -> item.getKind() == SqlKind.AS)
            .filter(item -> ((SqlBasicCall) item).operand(1).toString().equals(name.getSimple()))
            .map(GroupKeys::expression)
            .toList();
    return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
  }

  private static SqlNode expression(SqlNode item) {
    return item.getKind() == SqlKind.AS ? ((SqlBasicCall) item).operand(0) : item;
  }

  /** What a key of a SELECT stands for; empty if it is to stay. */
  private interface Meaning {
    Optional<SqlNode> of(SqlSelect select, SqlNode key);
  }

  private record Edit(SqlParserPos at, String text) {}

  private static String rewritten(String sql, Meaning meaning) {
    Optional<SqlNodeList> statements = Parsing.tryParse(sql);
    if (statements.isEmpty()) {
      return sql;
    }
    Finder finder = new Finder(meaning);
    statements.get().accept(finder);
    return finder.edits.isEmpty() ? sql : edited(sql, finder.edits);
  }

  private static String edited(String sql, List<Edit> edits) {
    edits.sort(
        Comparator.comparing((Edit edit) -> edit.at().getLineNum())
            .thenComparing(edit -> edit.at().getColumnNum()));
    StringBuilder text = new StringBuilder(sql.length() + 64);
    TextOffsets offsets = new TextOffsets(sql);
    int copied = 0;
    for (Edit edit : edits) {
      int start = offsets.of(edit.at().getLineNum(), edit.at().getColumnNum());
      text.append(sql, copied, start).append(edit.text());
      copied = offsets.of(edit.at().getEndLineNum(), edit.at().getEndColumnNum()) + 1;
    }
    return text.append(sql, copied, sql.length()).toString();
  }

  /** Looks at the keys of every SELECT, also inside ROLLUP, CUBE and GROUPING SETS. */
  private static final class Finder extends ParsedVisitor {
    private final Meaning meaning;
    private final List<Edit> edits = new ArrayList<>();

    Finder(Meaning meaning) {
      this.meaning = meaning;
    }

    @Override
    public Void visit(org.apache.calcite.sql.SqlCall call) {
      if (call instanceof SqlSelect select && select.getGroup() != null) {
        select.getGroup().forEach(key -> look(select, key));
      }
      return super.visit(call);
    }

    private void look(SqlSelect select, SqlNode key) {
      switch (key.getKind()) {
        case ROLLUP, CUBE, GROUPING_SETS, ROW ->
            ((SqlBasicCall) key).getOperandList().forEach(part -> look(select, part));
        default ->
            meaning
                .of(select, key)
                .filter(expression -> !holdsParameter(expression))
                .ifPresent(
                    expression ->
                        edits.add(new Edit(key.getParserPosition(), Parsing.text(expression))));
      }
    }

    /** A copy would be another parameter. */
    private static boolean holdsParameter(SqlNode expression) {
      boolean[] found = new boolean[1];
      expression.accept(
          new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(SqlDynamicParam parameter) {
              found[0] = true;
              return null;
            }
          });
      return found[0];
    }
  }
}
