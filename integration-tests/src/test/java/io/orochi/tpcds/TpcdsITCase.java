package io.orochi.tpcds;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.SharedCluster;
import io.orochi.cluster.Sql;
import io.orochi.tpch.DuckDbReference;
import io.trino.tpcds.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each query on the kernel and in a DuckDB that reads the same files, set to Flink's order of NULLs
 * and its division of integers. Flink itself takes minutes for all: {@code
 * -Dorochi.tpcds.engine=flink} runs them there.
 */
@ExtendWith(SharedCluster.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TpcdsITCase {
  private static final double SCALE =
      Double.parseDouble(System.getProperty("orochi.tpcds.scale", "0.01"));
  private static final String ENGINE = System.getProperty("orochi.tpcds.engine", "kernel");

  private DuckDbReference reference;
  private Connection session;

  @BeforeAll
  void load(OrochiCluster cluster) throws Exception {
    TpcdsTables.load(cluster.catalog(), "tpcds", SCALE);
    reference = new DuckDbReference();
    reference.execute("SET default_null_order = 'nulls_first_on_asc_last_on_desc'");
    reference.execute("SET integer_division = true");
    for (Table table : TpcdsTables.all()) {
      reference.view(table.getName(), cluster.table("tpcds", table.getName()));
    }
    session = cluster.flight();
    Sql.run(session, "USE tpcds");
    Sql.run(session, "SET 'orochi.statement-timeout' = '60 s'");
    Sql.run(session, "SET 'orochi.execution.engine' = '" + ENGINE + "'");
  }

  @AfterAll
  void close() throws SQLException {
    session.close();
    reference.close();
  }

  static List<String> queries() {
    return TpcdsQueries.names();
  }

  @ParameterizedTest(name = "Q{0}")
  @MethodSource("queries")
  void theKernelGivesTheKnownAnswer(String name) throws SQLException {
    String sql = TpcdsQueries.query(name);
    Answers answers = new Answers(reference, sql);
    assertThat(answers.differences(rows(sql))).isEmpty();
  }

  private List<List<Object>> rows(String sql) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return DuckDbReference.rows(result);
    }
  }
}
