package io.orochi.table.check;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Values as they are written. */
final class Literals {
  private Literals() {}

  /**
   * A value.
   *
   * @param tokens how many it takes
   */
  record Literal(CheckExpression value, int tokens) {}

  /** The value that begins here; empty if none does. */
  static Optional<Literal> read(CheckToken token, CheckToken following) {
    return switch (token.kind()) {
      case NUMBER -> one(number(token));
      case TEXT -> one(CheckExpression.constant(CheckType.TEXT, token.text()));
      case WORD -> following.kind() == CheckToken.Kind.TEXT ? timed(token, following) : word(token);
      case QUOTED, SIGN, END -> Optional.empty();
    };
  }

  private static Optional<Literal> one(CheckExpression value) {
    return Optional.of(new Literal(value, 1));
  }

  private static Optional<Literal> word(CheckToken token) {
    return switch (token.upper()) {
      case "TRUE" -> one(CheckExpression.constant(CheckType.BOOLEAN, true));
      case "FALSE" -> one(CheckExpression.constant(CheckType.BOOLEAN, false));
      case "NULL" -> one(CheckExpression.constant(CheckType.NULL, null));
      default -> Optional.empty();
    };
  }

  private static Optional<Literal> timed(CheckToken word, CheckToken text) {
    String iso = text.text().strip().replace(' ', 'T');
    boolean zoned = iso.indexOf('T') > 0 && iso.matches(".*(Z|[+-]\\d\\d:\\d\\d)");
    CheckExpression value =
        switch (word.upper()) {
          case "DATE" -> parsed(CheckType.DATE, text, LocalDate::parse, iso);
          case "TIME" -> parsed(CheckType.TIME, text, LocalTime::parse, iso);
          case "TIMESTAMP" ->
              zoned
                  ? parsed(CheckType.INSTANT, text, t -> OffsetDateTime.parse(t).toInstant(), iso)
                  : parsed(CheckType.TIMESTAMP, text, LocalDateTime::parse, iso);
          default -> null;
        };
    return value == null ? Optional.empty() : Optional.of(new Literal(value, 2));
  }

  private static CheckExpression parsed(
      CheckType type, CheckToken text, Function<String, Object> parse, String iso) {
    try {
      return CheckExpression.constant(type, parse.apply(iso));
    } catch (DateTimeException invalid) {
      throw new InvalidCheck("'" + text.text() + "' is not " + type.words() + ".", text.start());
    }
  }

  private static CheckExpression number(CheckToken token) {
    String text = token.text().toLowerCase(Locale.ROOT);
    try {
      return text.indexOf('e') >= 0
          ? CheckExpression.constant(CheckType.DOUBLE, Double.valueOf(text))
          : CheckExpression.constant(CheckType.EXACT, new BigDecimal(text));
    } catch (NumberFormatException invalid) {
      throw new InvalidCheck("\"" + token.text() + "\" is not a number.", token.start());
    }
  }
}
