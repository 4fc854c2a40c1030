package io.orochi.gateway.plan.error;

import io.orochi.catalog.flink.procedure.ProcedureArgument;
import io.orochi.catalog.flink.procedure.ProcedureSpec;
import io.orochi.catalog.flink.procedure.Procedures;
import io.orochi.gateway.plan.sql.SqlToken;
import io.orochi.table.error.NearestName;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** CALL with arguments that the procedure does not take, or without one that it needs. */
final class CallErrors {
  private static final List<String> REASONS =
      List.of("DEFAULT is only allowed for optional parameters", "No match found for function");

  private CallErrors() {}

  /**
   * @param reason the validator's
   * @return empty for other statements and other reasons
   */
  static Optional<OrochiException> of(String reason, String sql) {
    if (REASONS.stream().noneMatch(reason::contains)) {
      return Optional.empty();
    }
    List<SqlToken> tokens = SqlToken.of(sql);
    if (tokens.isEmpty() || !tokens.get(0).isWord("CALL")) {
      return Optional.empty();
    }
    int open = 0;
    while (open < tokens.size() && !tokens.get(open).image().equals("(")) {
      open++;
    }
    if (open > 3 && tokens.get(open - 2).image().equals(".")) {
      String database = name(tokens.get(open - 3));
      if (!database.equals("sys")) {
        return Optional.of(elsewhere(database, name(tokens.get(open - 1))));
      }
    }
    return Procedures.find(name(tokens.get(open - 1)))
        .map(procedure -> told(procedure, named(tokens)));
  }

  private static OrochiException elsewhere(String database, String name) {
    return OrochiException.of(
            OrochiErrorCode.PROCEDURE_NOT_FOUND, "Unknown procedure: " + database + "." + name)
        .withDetail("CALL sys.help() lists all procedures.")
        .withHint("Did you mean sys." + name + "?");
  }

  private static OrochiException told(ProcedureSpec procedure, List<String> given) {
    List<String> known = procedure.arguments().stream().map(ProcedureArgument::name).toList();
    String name = "sys." + procedure.name();
    for (String argument : given) {
      if (!known.contains(argument)) {
        return OrochiException.of(
                OrochiErrorCode.SQL_INVALID, "Unknown argument of " + name + ": " + argument)
            .withDetail(procedure.signature())
            .withHint(NearestName.hint(argument, known));
      }
    }
    List<String> missing =
        procedure.arguments().stream()
            .filter(argument -> argument.need() == ProcedureArgument.Need.REQUIRED)
            .map(ProcedureArgument::name)
            .filter(argument -> !given.contains(argument))
            .toList();
    String what =
        given.isEmpty() || missing.isEmpty()
            ? "Cannot call " + name + " with these arguments"
            : "Cannot call " + name + " without " + String.join(" and ", missing);
    return OrochiException.of(OrochiErrorCode.SQL_INVALID, what)
        .withDetail(procedure.signature())
        .withHint("For example: " + procedure.example());
  }

  private static List<String> named(List<SqlToken> tokens) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i < tokens.size(); i++) {
      if (tokens.get(i).image().equals("=>")) {
        names.add(name(tokens.get(i - 1)));
      }
    }
    return names;
  }

  private static String name(SqlToken token) {
    return token.image().replace("`", "").toLowerCase(Locale.ROOT);
  }
}
