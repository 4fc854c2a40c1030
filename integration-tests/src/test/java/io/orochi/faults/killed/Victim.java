package io.orochi.faults.killed;

import io.orochi.cluster.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A statement, or several, that a killed server has in its hands; with tables of its own. */
enum Victim {
  DELETE(List.of("d"), "DELETE FROM d WHERE MOD(id, 3) = 0"),
  UPDATE(List.of("u"), "UPDATE u SET v = v + 1000, s = 'new' WHERE MOD(id, 4) = 1"),
  MERGE(
      List.of("m"),
      "MERGE INTO m USING source ON m.id = source.id"
          + " WHEN MATCHED AND MOD(source.id, 2) = 0 THEN DELETE"
          + " WHEN MATCHED THEN UPDATE SET v = source.v * 7"
          + " WHEN NOT MATCHED THEN INSERT (id, v, s) VALUES (source.id, source.v, 'merged')"),
  CREATE_AS(List.of(), "CREATE TABLE c AS SELECT id, s FROM source") {
    @Override
    List<String> state(Connection session) throws SQLException {
      return Sql.rows(session, "SHOW TABLES").contains("c")
          ? Sql.rows(session, "SELECT * FROM c ORDER BY id")
          : List.of("absent");
    }
  },
  TRANSACTION(
      List.of("a", "b"),
      "BEGIN",
      "INSERT INTO a SELECT id + 1000, v, s FROM source",
      "DELETE FROM a WHERE MOD(id, 5) = 0",
      "UPDATE b SET v = -v WHERE id IN (SELECT id FROM a)",
      "COMMIT"),
  ROLLBACK(
      List.of("e", "f"),
      "BEGIN",
      "INSERT INTO e SELECT id + 1000, v, s FROM source",
      "DELETE FROM f WHERE MOD(id, 5) = 0",
      "SELECT COUNT(*) FROM e",
      "ROLLBACK"),
  ALTER(List.of("x"), "ALTER TABLE x ADD (w BIGINT FIRST, z STRING AFTER id)") {
    @Override
    List<String> state(Connection session) throws SQLException {
      List<String> state = new ArrayList<>(super.state(session));
      state.addAll(Sql.rows(session, "DESCRIBE x"));
      return state;
    }
  },
  DISTRIBUTE(List.of("g"), "CALL sys.create_distributed_table('${database}.g', 'id', 4)");

  private final List<String> tables;
  private final List<String> statements;

  Victim(List<String> tables, String... statements) {
    this.tables = tables;
    this.statements = List.of(statements);
  }

  /** Those that are there before the statement. */
  List<String> tables() {
    return tables;
  }

  void run(Connection session, String database) throws SQLException {
    for (String statement : statements) {
      Sql.run(session, statement.replace("${database}", database));
    }
  }

  /** Everything a client can see of what the statement changes. */
  List<String> state(Connection session) throws SQLException {
    List<String> rows = new ArrayList<>();
    for (String table : tables) {
      rows.add(table);
      rows.addAll(Sql.rows(session, "SELECT * FROM " + table + " ORDER BY id"));
    }
    return rows;
  }
}
