package io.orochi.gateway.plan.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.List;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlErrorsTest {
  private static TableEnvironmentInternal env;

  @BeforeAll
  static void start() {
    env =
        (TableEnvironmentInternal)
            TableEnvironment.create(EnvironmentSettings.newInstance().inBatchMode().build());
    env.executeSql("CREATE TEMPORARY VIEW cpu AS SELECT 1 AS host");
  }

  @Test
  void aSyntaxErrorSaysWhere() {
    OrochiException error = failure("SELECT host\nFORM cpu");

    assertThat(error.code()).isEqualTo(OrochiErrorCode.SQL_SYNTAX);
    assertThat(error.summary()).contains("syntax error at line 2, column");
    assertThat(error.hint()).startsWith("Look here: ");
  }

  @Test
  void anUnknownRelationNamesTheNearest() {
    OrochiException error = failure("SELECT * FROM cpus");

    assertThat(error.code()).isEqualTo(OrochiErrorCode.RELATION_NOT_FOUND);
    assertThat(error.summary()).isEqualTo("Cannot find the relation 'cpus'");
    assertThat(error.hint()).isEqualTo("Did you mean cpu?");
  }

  @Test
  void anUnknownColumnSaysWhere() {
    OrochiException error = failure("SELECT hots FROM cpu");

    assertThat(error.code()).isEqualTo(OrochiErrorCode.SQL_INVALID);
    assertThat(error.summary()).contains("'hots'").contains("(line 1, column 8)");
    assertThat(error.hint()).isEqualTo("Did you mean host?");
  }

  @Test
  void anUnknownFunctionHintsAtTheList() {
    OrochiException error = failure("SELECT nosuch(host) FROM cpu");

    assertThat(error.code()).isEqualTo(OrochiErrorCode.SQL_INVALID);
    assertThat(error.summary()).contains("nosuch");
    assertThat(error.hint()).contains("SHOW FUNCTIONS");
  }

  @Test
  void anUnknownFunctionNamesTheNearest() {
    assertThat(failure("SELECT uper(host) FROM cpu").hint()).isEqualTo("Did you mean upper?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "SELECT INTERVAL '1 day' | INTERVAL '1' DAY",
        "SELECT host FROM cpu WHERE ts > now() - INTERVAL '5 minutes' | INTERVAL '1' DAY",
        "SELECT host::text FROM cpu | CAST(x AS type)",
        "ALTER TABLE cpu ADD COLUMN usage INT | ALTER TABLE t ADD x INT",
        "SELECT DISTINCT ON (host) host FROM cpu | ROW_NUMBER() OVER (PARTITION BY",
        "SELECT percentile_cont(0.9) WITHIN GROUP (ORDER BY host) FROM cpu | PERCENTILE(x, 0.95)",
        "SELECT host + NULL FROM cpu | CAST(? AS INT)",
        "SELECT \"host\" FROM cpu | back-ticks",
        "SELEC 1 | Did you mean SELECT?",
        "VACUUM cpu | expire_snapshots",
        "SELECT string_agg(host, ',') FROM cpu | LISTAGG",
        "SELECT date_trunc('hour', host) FROM cpu | FLOOR(ts TO HOUR)",
        "SELECT host FROM cpu WHERE CAST(host AS STRING) ILIKE 'a%' | LOWER(x) LIKE",
        "SELECT create_hypertable('cpu', 'ts') | CALL sys.create_hypertable("
      })
  void whatOtherDialectsWriteIsToldInThisOne(String sql, String advice) {
    assertThat(failure(sql).hint()).contains(advice);
  }

  @Test
  void aTableThatASinkNamesIsARelationToo() {
    OrochiException error = failure("INSERT INTO cpuu VALUES (1)");

    assertThat(error.code()).isEqualTo(OrochiErrorCode.RELATION_NOT_FOUND);
    assertThat(error.hint()).isEqualTo("Did you mean cpu?");
  }

  @Test
  void whatTheValidatorRefusesComesWithAdvice() {
    assertThat(failure("SELECT host, COUNT(*) FROM cpu").hint()).contains("GROUP BY");
    assertThat(failure("SELECT host FROM cpu AS a, cpu AS b").hint()).contains("alias");
    assertThat(failure("SELECT c.host FROM cpu").hint()).contains("FROM clause");
  }

  private static final class TestingNames implements KnownNames {
    @Override
    public List<String> relations(String within) {
      return List.of("cpu", "disk");
    }

    @Override
    public List<String> columns() {
      return List.of("host", "usage_user");
    }

    @Override
    public List<String> functions() {
      return List.of("lower", "upper");
    }
  }

  @Test
  void deepNestingIsACodedError() {
    String sql = "SELECT " + "(".repeat(20_000) + "1" + ")".repeat(20_000);

    OrochiException error = failure(sql);

    assertThat(error.code()).isEqualTo(OrochiErrorCode.SQL_INVALID);
    assertThat(error.summary()).contains("nested too deeply");
  }

  private static OrochiException failure(String sql) {
    try {
      env.getParser().parse(sql);
    } catch (Throwable failure) {
      return SqlErrors.translate(failure, sql, new TestingNames());
    }
    throw new AssertionError("no failure: " + sql);
  }
}
