package io.orochi.gateway.statement.running;

import io.orochi.gateway.plan.error.KnownNames;
import io.orochi.gateway.plan.error.SqlErrors;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.error.ValueErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.runtime.JobException;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.SerializedThrowable;

/** The failures of statements in their users' words. */
public final class JobFailures {
  private static final int LONGEST_DETAIL = 2_000;
  private static final int DEEPEST_CAUSE = 64;

  private JobFailures() {}

  /** A coded error among the causes as it is; a failed job by its first cause; else SQL errors. */
  static OrochiException translate(Throwable failure, String sql) {
    return translate(failure, sql, KnownNames.NONE);
  }

  public static OrochiException translate(Throwable failure, String sql, KnownNames names) {
    return isOfJob(failure) ? ofJob(failure) : SqlErrors.translate(failure, sql, names);
  }

  /** What ended a job or kept its rows from arriving: never an error of the statement's text. */
  static OrochiException ofJob(Throwable failure) {
    return OrochiException.findIn(failure).orElseGet(() -> jobFailed(failure));
  }

  private static boolean isOfJob(Throwable failure) {
    return ExceptionUtils.findThrowable(failure, JobExecutionException.class).isPresent()
        || ExceptionUtils.findThrowable(failure, JobException.class).isPresent();
  }

  private static OrochiException jobFailed(Throwable failure) {
    List<Throwable> innermostFirst = new ArrayList<>();
    for (Throwable t = failure; t != null && innermostFirst.size() < DEEPEST_CAUSE; ) {
      Throwable unpacked =
          t instanceof SerializedThrowable packed
              ? packed.deserializeError(JobFailures.class.getClassLoader())
              : t;
      innermostFirst.add(0, unpacked);
      t = unpacked.getCause();
    }
    for (Throwable t : innermostFirst) {
      Optional<OrochiException> known =
          t instanceof OrochiException coded ? Optional.of(coded) : known(kind(t), message(t));
      if (known.isPresent()) {
        return known.get().causedBy(failure);
      }
    }
    return OrochiException.of(OrochiErrorCode.FLINK_JOB_FAILED, "The Flink job failed")
        .withDetail(message(innermostFirst.get(0)))
        .withHint("The server's log has the whole story.")
        .causedBy(failure);
  }

  private static String kind(Throwable failure) {
    return failure instanceof SerializedThrowable packed
        ? packed.getOriginalErrorClassName()
        : failure.getClass().getName();
  }

  /** Without the name of the class and without stack traces, which some causes carry as text. */
  private static String message(Throwable failure) {
    String kind = kind(failure);
    String message = failure.getMessage();
    if (message == null || message.isBlank() || message.equals(kind)) {
      return kind.substring(kind.lastIndexOf('.') + 1);
    }
    String plain = message.replace(kind + ": ", "").split("\\R\\s+at ", 2)[0];
    return plain.length() > LONGEST_DETAIL ? plain.substring(0, LONGEST_DETAIL) : plain;
  }

  /** What a value of the statement or of its tables did to the job, as the kernel would tell it. */
  private static Optional<OrochiException> known(String kind, String message) {
    return switch (kind) {
      case "java.lang.ArithmeticException" ->
          Optional.of(
              message.contains("by zero") || message.contains("BigInteger divide")
                  ? ValueErrors.divisionByZero()
                  : ValueErrors.outOfRange(message));
      case "java.lang.NumberFormatException",
          "java.time.DateTimeException",
          "java.time.format.DateTimeParseException" ->
          Optional.of(ValueErrors.notConvertible(message));
      case "org.apache.flink.table.api.TableRuntimeException",
          "org.apache.flink.table.api.TableException" ->
          ofTable(message);
      case "org.apache.flink.table.runtime.operators.sink.constraint.EnforcerException" ->
          Optional.of(
              OrochiException.of(
                      OrochiErrorCode.NULL_NOT_ALLOWED, "Cannot write NULL into a NOT NULL column")
                  .withDetail(message.lines().findFirst().orElse("").split("\\. ", 2)[0] + ".")
                  .withHint("Give the column a value, or drop its NOT NULL."));
      case "java.lang.OutOfMemoryError" -> Optional.of(SqlErrors.heapExhausted(message));
      default ->
          kind.endsWith(".JsonParseException")
              ? Optional.of(ValueErrors.notConvertible(message.lines().findFirst().orElse("")))
              : Optional.empty();
    };
  }

  private static Optional<OrochiException> ofTable(String message) {
    if (message.contains("received more than one element")) {
      return Optional.of(ValueErrors.severalRows());
    }
    return message.startsWith("Cannot parse '")
        ? Optional.of(ValueErrors.notConvertible(message))
        : Optional.empty();
  }
}
