package io.orochi.gateway.plan.check;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.gateway.plan.check.ViewExpansion.FoundView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ViewExpansionTest {
  private final Map<String, String> views = new HashMap<>();

  private void check(String sql) {
    new ViewExpansion(this::find).check(sql);
  }

  private Optional<FoundView> find(List<String> name) {
    String view = name.get(name.size() - 1);
    return Optional.ofNullable(views.get(view)).map(query -> new FoundView(view, query));
  }

  private void doubling(int levels) {
    views.put("v1", "SELECT * FROM t");
    for (int level = 2; level <= levels; level++) {
      String before = "`orochi`.`default`.`v" + (level - 1) + "`";
      views.put(
          "v" + level, "SELECT * FROM " + before + " UNION ALL SELECT * FROM " + before + " AS b");
    }
  }

  @Test
  void viewsThatDoubleAreRefused() {
    doubling(30);
    for (String sql :
        List.of(
            "SELECT * FROM v30",
            "SELECT COUNT(*) FROM t JOIN v20 AS v ON t.a = v.a",
            "SELECT * FROM t WHERE a IN (SELECT a FROM v25)",
            "INSERT INTO t SELECT * FROM v30",
            "CREATE VIEW v31 AS SELECT * FROM v30",
            "EXPLAIN SELECT * FROM v30",
            "SELECT * FROM TABLE(TUMBLE(TABLE v30, DESCRIPTOR(ts), INTERVAL '1' HOUR))",
            "WITH w AS (SELECT * FROM v30) SELECT * FROM w")) {
      assertThatThrownBy(() -> check(sql))
          .describedAs(sql)
          .hasMessageContaining("Cannot take the statement: it is too large")
          .hasMessageContaining("the query of each view put where the view is named");
    }
  }

  @Test
  void fewViewsPass() {
    doubling(10);
    assertThatCode(() -> check("SELECT * FROM v8")).doesNotThrowAnyException();
    assertThatCode(() -> check("SELECT n FROM (SELECT a AS n FROM v5) AS q, (VALUES (1)) AS w(m)"))
        .doesNotThrowAnyException();
    assertThatCode(() -> check("SELECT v30 FROM t")).doesNotThrowAnyException();
    assertThatCode(() -> check("no SQL")).doesNotThrowAnyException();
  }

  @Test
  void whatTheStatementItselfHasWrittenIsNotCounted() {
    doubling(2);
    String selects = "SELECT a FROM v2" + " UNION ALL SELECT 1".repeat(1_000);
    assertThatCode(() -> check(selects)).doesNotThrowAnyException();
  }

  @Test
  void viewsThatNameEachOtherEnd() {
    views.put("a", "SELECT * FROM b");
    views.put("b", "SELECT * FROM a");
    assertThatCode(() -> check("SELECT * FROM a")).doesNotThrowAnyException();
  }
}
