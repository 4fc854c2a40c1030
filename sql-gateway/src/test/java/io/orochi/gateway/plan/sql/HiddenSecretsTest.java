package io.orochi.gateway.plan.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HiddenSecretsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "CREATE CATALOG c WITH ('type'='x', 'metastore.password' = 'hunter2', 'a'='b')"
            + " | CREATE CATALOG c WITH ('type'='x', 'metastore.password' = '******', 'a'='b')",
        "SET 's3.secret-key' = 'it''s'; | SET 's3.secret-key' = '******';",
        "SET s3.access-key = 'AKIA' | SET s3.access-key = '******'",
        "SELECT * FROM t /*+ OPTIONS('api-key'='k') */ | SELECT * FROM t /*+ OPTIONS('api-key'='******') */",
        "CREATE TABLE t (i INT) WITH ('url'='jdbc:x://u:pw@h/d?password=pw')"
            + " | CREATE TABLE t (i INT) WITH ('url'='jdbc:x://u:******@h/d?password=******')",
        "CREATE CATALOG c WITH ('password'='hunter2 | ******",
        "SELECT 'a' FROM t WHERE x = 'b' | SELECT 'a' FROM t WHERE x = 'b'"
      })
  void valuesOfSecretsAreReplacedAndNothingElse(String sql, String shown) {
    assertThat(HiddenSecrets.in(sql)).isEqualTo(shown);
  }
}
