package io.orochi.ddl;

import io.orochi.cluster.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Inserts two rows at a time with the columns it believes the table to have. */
final class RowInserter {
  /** Unknown state of a commit, a failure of the kernel, a failure without a code. */
  private static final List<String> FAILURES = List.of("OROCHI-1102", "OROCHI-1402", "OROCHI-7009");

  private final int writer;
  private final Connection session;
  private final SchemaLog schemas;
  private final SentRows sent;
  private final Random random;
  private volatile long statements;
  private long seq;
  private int refusals;

  RowInserter(int writer, Connection session, SchemaLog schemas, SentRows sent) {
    this.writer = writer;
    this.session = session;
    this.schemas = schemas;
    this.sent = sent;
    this.random = new Random(writer);
  }

  /** Odd while one runs. */
  long statements() {
    return statements;
  }

  int refusals() {
    return refusals;
  }

  void insert() throws SQLException {
    statements++;
    try {
      EvolvingSchema schema = schemas.current();
      long first = seq;
      seq += 2;
      sent.sending(writer, first, schema.identities());
      sent.sending(writer, first + 1, schema.identities());
      boolean done = done(statement(schema, first));
      for (long row = first; row < seq; row++) {
        if (done) {
          sent.committed(writer, row);
        } else {
          sent.refused(writer, row);
        }
      }
    } finally {
      statements++;
    }
  }

  private String statement(EvolvingSchema schema, long first) {
    String columns = "writer, seq, ts, " + String.join(", ", schema.names());
    return random.nextBoolean()
        ? "INSERT INTO t (%s) VALUES %s, %s"
            .formatted(columns, row(schema, first, "(", ")"), row(schema, first + 1, "(", ")"))
        : "INSERT INTO t (%s) %s UNION ALL %s"
            .formatted(
                columns, row(schema, first, "SELECT ", ""), row(schema, first + 1, "SELECT ", ""));
  }

  private String row(EvolvingSchema schema, long row, String before, String after) {
    return schema.fields().stream()
        .map(
            field ->
                "CAST(%d AS %s)"
                    .formatted(EvolvingSchema.value(row, field.identity()), field.type()))
        .collect(
            Collectors.joining(
                ", ",
                "%s%d, CAST(%d AS BIGINT), TIMESTAMP '2026-01-01 %02d:00:00', "
                    .formatted(before, writer, row, row / 2 % 24),
                after));
  }

  private boolean done(String sql) throws SQLException {
    try {
      Sql.run(session, sql);
      return true;
    } catch (SQLException refused) {
      String messages = Sql.messages(refused);
      if (!messages.contains("OROCHI-") || FAILURES.stream().anyMatch(messages::contains)) {
        throw new SQLException(sql, refused);
      }
      refusals++;
      return false;
    }
  }
}
