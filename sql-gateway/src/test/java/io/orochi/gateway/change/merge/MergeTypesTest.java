package io.orochi.gateway.change.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.gateway.plan.sql.SqlToken;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImplConstants;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.junit.jupiter.api.Test;

class MergeTypesTest {
  private static final ResolvedSchema TARGET =
      ResolvedSchema.of(
          Column.physical("k", DataTypes.BIGINT()),
          Column.physical("v", DataTypes.DOUBLE()),
          Column.physical("note", DataTypes.STRING()));

  @Test
  void valuesOfTheSourceHaveTheTypesOfColumnsOfTheirName() {
    assertThat(
            types(
                "MERGE INTO t USING (VALUES (?, ?, 1), (?, 2.0, ?)) AS s (k, v, other)"
                    + " ON t.k = s.k WHEN MATCHED THEN DELETE"))
        .containsExactly("BIGINT", "DOUBLE", "BIGINT", "-");
    assertThat(
            types(
                "MERGE INTO t USING (SELECT ? AS k, ? AS `v`) s ON t.k = s.k"
                    + " WHEN MATCHED THEN DELETE"))
        .containsExactly("BIGINT", "DOUBLE");
  }

  @Test
  void columnsThatAreSetComparedOrInsertedTellTheirSource() {
    assertThat(
            types(
                "MERGE INTO t USING (VALUES (?, ?, ?)) AS s (a, b, c) ON t.k = s.a"
                    + " WHEN MATCHED THEN UPDATE SET v = s.b"
                    + " WHEN NOT MATCHED THEN INSERT (k, note) VALUES (s.a, s.c)"))
        .containsExactly("BIGINT", "DOUBLE", "STRING");
  }

  @Test
  void aValueThatIsSetInsertedOrComparedHasTheColumnsType() {
    assertThat(
            types(
                "MERGE INTO t USING s ON t.k = s.k AND ? < s.v"
                    + " WHEN MATCHED AND t.note <> ? THEN UPDATE SET v = ?, note = ?"
                    + " WHEN NOT MATCHED THEN INSERT VALUES (?, ?, ?)"))
        .containsExactly("DOUBLE", "STRING", "DOUBLE", "STRING", "BIGINT", "DOUBLE", "STRING");
  }

  @Test
  void elsewhereNothingIsKnown() {
    assertThat(
            types(
                "MERGE INTO t USING s ON t.k = s.k WHEN MATCHED THEN UPDATE SET v = s.v + ABS(?)"))
        .containsExactly("-");
  }

  private static List<String> types(String sql) {
    List<SqlToken> tokens = SqlToken.of(sql);
    MergeTypes types = new MergeTypes(MergeParser.parse(sql, tokens), tokens, TARGET);
    List<String> found = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).is(FlinkSqlParserImplConstants.HOOK)) {
        var type = types.of(i, found.size());
        found.add(type == null ? "-" : type.asSummaryString());
      }
    }
    return found;
  }
}
