package io.orochi.table.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/**
 * Reads a condition:
 *
 * <pre>
 * or         = and {OR and}
 * and        = not {AND not}
 * not        = NOT not | predicate
 * predicate  = sum [comparison sum | IS [NOT] (NULL|TRUE|FALSE) | [NOT] BETWEEN sum AND sum
 *                   | [NOT] IN (sum {, sum}) | [NOT] LIKE 'pattern']
 * sum        = product {(+|-|||) product}
 * product    = unary {(*|/|%) unary}
 * unary      = [-] (literal | column | function(or {, or}) | (or))
 * </pre>
 */
final class CheckParser {
  private static final Set<String> COMPARISONS = Set.of("=", "<>", "!=", "<", "<=", ">", ">=");

  private final Schema schema;
  private final List<CheckToken> tokens;
  private final Set<String> columns = new LinkedHashSet<>();
  private int next;

  CheckParser(String condition, Schema schema) {
    this.schema = schema;
    this.tokens = CheckToken.of(condition);
  }

  /**
   * The whole condition.
   *
   * @throws InvalidCheck if it is none
   */
  CheckExpression parse() {
    CheckExpression condition = or();
    if (token().kind() != CheckToken.Kind.END) {
      throw unexpected("an operator");
    }
    requireBoolean(condition, 0);
    if (columns.isEmpty()) {
      throw new InvalidCheck("It names no column.", 0);
    }
    return condition;
  }

  /** The columns it names, after {@link #parse}. */
  Set<String> columns() {
    return columns;
  }

  private CheckExpression or() {
    CheckExpression left = and();
    while (token().is("OR")) {
      int at = take().start();
      left = Logic.or(requireBoolean(left, at), requireBoolean(and(), at));
    }
    return left;
  }

  private CheckExpression and() {
    CheckExpression left = not();
    while (token().is("AND")) {
      int at = take().start();
      left = Logic.and(requireBoolean(left, at), requireBoolean(not(), at));
    }
    return left;
  }

  private CheckExpression not() {
    if (token().is("NOT")) {
      int at = take().start();
      return Logic.not(requireBoolean(not(), at));
    }
    return predicate();
  }

  private CheckExpression predicate() {
    CheckExpression left = sum();
    CheckToken token = token();
    if (token.kind() == CheckToken.Kind.SIGN && COMPARISONS.contains(token.text())) {
      take();
      return Comparing.compare(left, token, sum());
    }
    if (token.is("IS")) {
      take();
      return is(left);
    }
    boolean negated = token.is("NOT");
    if (negated) {
      take();
    }
    if (token().is("BETWEEN")) {
      return negatedIf(negated, between(left));
    } else if (token().is("IN")) {
      return negatedIf(negated, in(left));
    } else if (token().is("LIKE")) {
      return negatedIf(negated, like(left));
    } else if (negated) {
      throw unexpected("BETWEEN, IN or LIKE");
    }
    return left;
  }

  private CheckExpression is(CheckExpression left) {
    boolean negated = token().is("NOT");
    if (negated) {
      take();
    }
    CheckToken what = take();
    CheckExpression answer;
    if (what.is("NULL")) {
      answer = test(left, value -> value == null);
    } else if (what.is("TRUE")) {
      answer = test(requireBoolean(left, what.start()), Boolean.TRUE::equals);
    } else if (what.is("FALSE")) {
      answer = test(requireBoolean(left, what.start()), Boolean.FALSE::equals);
    } else {
      next--;
      throw unexpected("NULL, TRUE or FALSE");
    }
    return negatedIf(negated, answer);
  }

  private CheckExpression between(CheckExpression left) {
    CheckToken between = take();
    CheckExpression low = sum();
    expect("AND");
    CheckExpression high = sum();
    return Logic.and(
        Comparing.compare(left, sign(">=", between), low),
        Comparing.compare(left, sign("<=", between), high));
  }

  private CheckExpression in(CheckExpression left) {
    CheckToken in = take();
    expect("(");
    CheckExpression any = Comparing.compare(left, sign("=", in), sum());
    while (token().is(",")) {
      take();
      any = Logic.or(any, Comparing.compare(left, sign("=", in), sum()));
    }
    expect(")");
    return any;
  }

  private CheckExpression like(CheckExpression left) {
    CheckToken like = take();
    if (left.type() != CheckType.TEXT) {
      throw new InvalidCheck(
          "LIKE needs a STRING, this is " + left.type().words() + ".", like.start());
    }
    if (token().kind() != CheckToken.Kind.TEXT) {
      throw unexpected("a pattern in quotes");
    }
    CheckToken pattern = take();
    if (token().is("ESCAPE") || pattern.text().indexOf('\\') >= 0) {
      throw new InvalidCheck("LIKE with an escape is not supported.", pattern.start());
    }
    Predicate<String> matches = Comparing.like(pattern.text());
    return new CheckExpression(
        CheckType.BOOLEAN,
        row -> {
          Object value = left.of(row);
          return value == null ? null : matches.test((String) value);
        });
  }

  private CheckExpression sum() {
    CheckExpression left = product();
    while (token().is("+") || token().is("-") || token().is("||")) {
      CheckToken operator = take();
      left = Numbers.combine(left, operator, product());
    }
    return left;
  }

  private CheckExpression product() {
    CheckExpression left = unary();
    while (token().is("*") || token().is("/") || token().is("%")) {
      CheckToken operator = take();
      left = Numbers.combine(left, operator, unary());
    }
    return left;
  }

  private CheckExpression unary() {
    CheckToken token = token();
    if (token.is("-")) {
      take();
      return Numbers.negated(unary(), token);
    }
    if (token.is("(")) {
      take();
      CheckExpression inner = or();
      expect(")");
      return inner;
    }
    boolean calls = token.kind() == CheckToken.Kind.WORD && tokens.get(next + 1).is("(");
    if (calls) {
      return call();
    }
    return Literals.read(token, tokens.get(Math.min(next + 1, tokens.size() - 1)))
        .map(
            literal -> {
              next += literal.tokens();
              return literal.value();
            })
        .orElseGet(this::column);
  }

  private CheckExpression call() {
    CheckToken name = take();
    expect("(");
    List<CheckExpression> arguments = new ArrayList<>();
    while (!token().is(")")) {
      if (!arguments.isEmpty()) {
        expect(",");
      }
      arguments.add(or());
    }
    expect(")");
    return CheckFunctions.call(name, arguments);
  }

  private CheckExpression column() {
    CheckToken name = token();
    if (!name.isName()) {
      throw unexpected("a column or a value");
    }
    List<Types.NestedField> fields = schema.columns();
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(name.text())) {
        take();
        columns.add(name.text());
        int column = i;
        return new CheckExpression(CheckType.of(fields.get(i).type()), row -> row.value(column));
      }
    }
    throw new InvalidCheck("There is no column \"" + name.text() + "\".", name.start());
  }

  private static CheckExpression negatedIf(boolean negated, CheckExpression condition) {
    return negated ? Logic.not(condition) : condition;
  }

  private static CheckExpression test(CheckExpression value, Predicate<Object> test) {
    return new CheckExpression(CheckType.BOOLEAN, row -> test.test(value.of(row)));
  }

  private static CheckToken sign(String text, CheckToken at) {
    return new CheckToken(CheckToken.Kind.SIGN, text, at.start(), at.end());
  }

  private static CheckExpression requireBoolean(CheckExpression expression, int at) {
    if (expression.type() != CheckType.BOOLEAN && expression.type() != CheckType.NULL) {
      throw new InvalidCheck(
          "A condition is needed, this is " + expression.type().words() + ".", at);
    }
    return expression;
  }

  private CheckToken token() {
    return tokens.get(next);
  }

  private CheckToken take() {
    CheckToken token = tokens.get(next);
    if (token.kind() != CheckToken.Kind.END) {
      next++;
    }
    return token;
  }

  private void expect(String text) {
    if (!token().is(text)) {
      throw unexpected(text);
    }
    take();
  }

  private InvalidCheck unexpected(String wanted) {
    CheckToken found = token();
    String what =
        found.kind() == CheckToken.Kind.END ? "it ends" : "\"" + found.text() + "\" stands";
    return new InvalidCheck("Where " + what + ", " + wanted + " is needed.", found.start());
  }
}
