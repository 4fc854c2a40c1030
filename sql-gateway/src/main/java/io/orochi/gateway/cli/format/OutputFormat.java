package io.orochi.gateway.cli.format;

import java.io.PrintWriter;

/** The formats a user can name. */
public enum OutputFormat {
  table,
  csv,
  json;

  /** A printer for one result. */
  public ResultFormat to(PrintWriter out) {
    return switch (this) {
      case table -> new TableFormat(out);
      case csv -> new CsvFormat(out);
      case json -> new JsonFormat(out);
    };
  }
}
