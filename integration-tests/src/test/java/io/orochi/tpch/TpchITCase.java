package io.orochi.tpch;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.SharedCluster;
import io.orochi.cluster.Sql;
import io.trino.tpch.TpchTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each query on the kernel, on Flink, and in a DuckDB that reads the same files. */
@ExtendWith(SharedCluster.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TpchITCase {
  private static final double SCALE =
      Double.parseDouble(System.getProperty("orochi.tpch.scale", "0.01"));

  private DuckDbReference reference;
  private Connection kernel;
  private Connection flink;

  @BeforeAll
  void load(OrochiCluster cluster) throws Exception {
    TpchTables.load(cluster.catalog(), "tpch", SCALE);
    reference = new DuckDbReference();
    for (TpchTable<?> table : TpchTable.getTables()) {
      reference.view(table.getTableName(), cluster.table("tpch", table.getTableName()));
    }
    kernel = session(cluster, "kernel");
    flink = session(cluster, "flink");
  }

  private static Connection session(OrochiCluster cluster, String engine) throws SQLException {
    Connection session = cluster.flight();
    Sql.run(session, "USE tpch");
    Sql.run(session, "SET 'orochi.execution.engine' = '" + engine + "'");
    return session;
  }

  @AfterAll
  void close() throws SQLException {
    kernel.close();
    flink.close();
    reference.close();
  }

  static IntStream queries() {
    return IntStream.rangeClosed(1, TpchQueries.COUNT);
  }

  @ParameterizedTest(name = "Q{0}")
  @MethodSource("queries")
  void everyEngineGivesTheKnownAnswer(int number) throws SQLException {
    String sql = TpchQueries.query(number);
    List<List<Object>> known = reference.query(sql);
    List<List<Object>> onKernel = rows(kernel, sql);

    assertThat(Rows.differences(known, onKernel)).isEmpty();
    assertThat(text(rows(flink, sql))).isEqualTo(text(onKernel));
  }

  private static List<List<Object>> rows(Connection session, String sql) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return DuckDbReference.rows(result);
    }
  }

  private static List<String> text(List<List<Object>> rows) {
    return rows.stream().map(Object::toString).toList();
  }
}
