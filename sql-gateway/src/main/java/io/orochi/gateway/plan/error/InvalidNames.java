package io.orochi.gateway.plan.error;

import io.orochi.table.error.NearestName;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Collection;
import java.util.function.Supplier;
import org.apache.calcite.runtime.CalciteContextException;

/** What the validator says about names and types, with the place. */
final class InvalidNames {
  private InvalidNames() {}

  static OrochiException of(
      CalciteContextException failure, Supplier<Collection<String>> relations) {
    String reason =
        Texts.firstSentence(
            failure.getCause() == null ? failure.getMessage() : failure.getCause().getMessage());
    String place =
        failure.getPosLine() > 0
            ? "line " + failure.getPosLine() + ", column " + failure.getPosColumn()
            : "";
    if (reason.startsWith("Object '") && reason.contains("' not found")) {
      return relationNotFound(Texts.quoted(reason), place, relations);
    }
    String at = place.isEmpty() ? "" : " (" + place + ")";
    OrochiException error = OrochiException.of(OrochiErrorCode.SQL_INVALID, summary(reason) + at);
    return reason.startsWith("No match found for function signature")
        ? error.withHint("SHOW FUNCTIONS lists what can be called.")
        : error;
  }

  private static String summary(String reason) {
    return reason.startsWith("Cannot") ? reason : "Invalid statement: " + reason;
  }

  private static OrochiException relationNotFound(
      String name, String place, Supplier<Collection<String>> relations) {
    OrochiException error =
        OrochiException.of(
            OrochiErrorCode.RELATION_NOT_FOUND, "Cannot find the relation '" + name + "'");
    OrochiException placed = place.isEmpty() ? error : error.withDetail("Named at " + place + ".");
    Collection<String> known = relations.get();
    return known.isEmpty()
        ? placed.withHint("SHOW TABLES lists what is there.")
        : placed.withHint(NearestName.hint(name, known));
  }
}
