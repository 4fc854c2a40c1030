package io.orochi.table.kernel.exec;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.error.ValueErrors;
import io.orochi.table.kernel.files.FileFailures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.iceberg.Table;

/**
 * Turns what DuckDB says into coded errors. It knows only text, which begins with a category such
 * as "Out of Range Error:". Local paths stay out of messages, except as the location of a data file
 * that is named. Belongs to one session.
 */
public final class KernelFailures {
  private static final List<String> CORRUPTION_SIGNS =
      List.of(
          "parquet",
          "tprotocolexception",
          "decompress",
          "no magic bytes",
          "out of buffer",
          "invalid utf",
          "invalid string encoding",
          "corrupt");

  private final Map<String, Origin> origins = new LinkedHashMap<>();
  private volatile boolean cancelled;

  private record Origin(Table table, String location) {}

  /** Remembers which data file a local path stands for. */
  public void know(String path, Table table, String location) {
    origins.put(path, new Origin(table, location));
  }

  /** From now on an interruption was asked for. */
  public void markCancelled() {
    cancelled = true;
  }

  public boolean isCancelled() {
    return cancelled;
  }

  public static OrochiException cancelledFailure() {
    return OrochiException.of(OrochiErrorCode.QUERY_CANCELLED, "Query cancelled");
  }

  /** The coded form; an OrochiException comes back as it is. */
  public OrochiException map(Throwable failure) {
    return OrochiException.findIn(failure).orElseGet(() -> mapText(failure));
  }

  private OrochiException mapText(Throwable failure) {
    String text =
        failure.getMessage() == null
            ? failure.getClass().getSimpleName()
            : withoutStatement(failure.getMessage());
    String lower = text.toLowerCase(Locale.ROOT);
    if (cancelled || lower.contains("interrupt error")) {
      return cancelledFailure().causedBy(failure);
    }
    if (lower.contains("no space left on device")) {
      return OrochiException.of(OrochiErrorCode.DISK_FULL, "Cannot spill to the temp folder")
          .withHint("Free space there, or ask for less at a time.")
          .causedBy(failure);
    }
    if (lower.contains("out of memory error") || lower.contains("max_temp_directory_size")) {
      return outOfMemory(text).causedBy(failure);
    }
    OrochiException corrupt = corruption(text, lower);
    return corrupt != null ? corrupt.causedBy(failure) : statementFailure(text, lower, failure);
  }

  /** The part of the statement that DuckDB repeats names files that are not damaged. */
  private static String withoutStatement(String text) {
    int statement = text.indexOf("\nLINE ");
    return statement < 0 ? text : text.substring(0, statement).stripTrailing();
  }

  private static OrochiException outOfMemory(String text) {
    return OrochiException.of(
            OrochiErrorCode.KERNEL_OUT_OF_MEMORY, "Cannot run the query within its memory")
        .withDetail(firstLine(text))
        .withHint(
            "Filter more, group by fewer values, or give the kernel more memory or temp space.");
  }

  private OrochiException corruption(String text, String lower) {
    for (Map.Entry<String, Origin> origin : origins.entrySet()) {
      if (text.contains(origin.getKey()) && !lower.contains("no files found")) {
        Origin file = origin.getValue();
        return FileFailures.corrupt(file.table, file.location, "It cannot be read as Parquet");
      }
      if (text.contains(origin.getKey())) {
        return FileFailures.missing(origin.getValue().table, origin.getValue().location);
      }
    }
    if (origins.isEmpty() || CORRUPTION_SIGNS.stream().noneMatch(lower::contains)) {
      return null;
    }
    Origin any = origins.values().iterator().next();
    return FileFailures.corrupt(
        any.table,
        any.location,
        "It or one of the " + (origins.size() - 1) + " files read with it is damaged");
  }

  private static OrochiException statementFailure(String text, String lower, Throwable failure) {
    if (lower.contains("division by zero")) {
      return ValueErrors.divisionByZero().causedBy(failure);
    }
    if (lower.contains("more than one row returned by a subquery")) {
      return ValueErrors.severalRows().causedBy(failure);
    }
    OrochiErrorCode code =
        lower.contains("out of range error")
            ? OrochiErrorCode.NUMERIC_OUT_OF_RANGE
            : lower.contains("conversion error") || lower.contains("invalid input error")
                ? OrochiErrorCode.VALUE_NOT_CONVERTIBLE
                : OrochiErrorCode.KERNEL_FAILED;
    String summary =
        switch (code) {
          case NUMERIC_OUT_OF_RANGE -> "Cannot compute a value: out of range";
          case VALUE_NOT_CONVERTIBLE -> "Cannot convert a value";
          default -> "Cannot run the query in the kernel";
        };
    return OrochiException.of(code, summary).withDetail(firstLine(text)).causedBy(failure);
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("").replaceAll("(/[^\\s\"']+)+", "<path>");
  }
}
