package io.orochi.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.Sql;
import io.orochi.gateway.cli.doctor.Doctor;
import io.orochi.gateway.config.ServerConfig;
import io.orochi.table.error.OrochiException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes in the configuration of S3: each a coded error with a hint, none with a secret. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3FaultsITCase {
  private static final String WAREHOUSE = "s3://lake/warehouse";
  private static final String WRONG = "sesame/opens+the/wrong/door";

  @TempDir private static Path store;
  @TempDir private Path folder;
  private TestingStore s3;

  @BeforeAll
  void start() throws IOException {
    s3 = TestingStore.start(store);
    s3.createBucket("lake");
  }

  @AfterAll
  void stop() {
    s3.close();
  }

  @Test
  void wrongCredentialsAreRefusedAtTheStart() {
    Map<String, String> options = s3.options(WAREHOUSE);
    options.put("s3.secret-key", WRONG);
    isRefused(options, "OROCHI-1303: Cannot use the warehouse s3://lake/warehouse: access denied");

    options.put("s3.secret-key", TestingStore.SECRET_KEY);
    options.put("s3.access-key", "AKIDOFNOBODY");
    isRefused(options, "OROCHI-1303: Cannot use the warehouse s3://lake/warehouse: access denied");
  }

  @Test
  void aMissingBucketIsNamed() {
    isRefused(
        s3.options("s3://nowhere/warehouse"),
        "OROCHI-1304: Cannot use the warehouse s3://nowhere/warehouse:"
            + " bucket nowhere does not exist");
  }

  @Test
  void aServerStartsWithoutItsStoreAndSaysSoInEachStatement() throws Exception {
    Map<String, String> options = s3.options(WAREHOUSE);
    options.put("s3.endpoint", "http://127.0.0.1:1");
    options.put("catalog.s3.retry.num-retries", "1");

    try (OrochiCluster cluster = OrochiCluster.start(folder, options);
        Connection session = cluster.flight()) {
      assertThatThrownBy(() -> Sql.run(session, "CREATE TABLE t (a INT)"))
          .satisfies(
              failure ->
                  assertThat(Sql.messages(failure))
                      .contains(
                          "OROCHI-1302",
                          "The endpoint does not take connections. Endpoint: http://127.0.0.1:1.",
                          "HINT: Check s3.endpoint")
                      .doesNotContain(S3WalkITCase.SECRETS));
      assertThat(Sql.rows(session, "SHOW TABLES")).isEmpty();
    }
  }

  @Test
  void theDoctorTriesTheBucketOut() throws Exception {
    assertThat(doctor(s3.options(WAREHOUSE)))
        .containsPattern(
            "ok +warehouse +s3://lake/warehouse lists, takes, gives back and deletes objects");
    assertThat(s3.objects("lake")).noneMatch(name -> name.contains("probe"));
  }

  @Test
  void theDoctorTellsWhatIsWrongAndNoSecret() {
    Map<String, String> options = s3.options(WAREHOUSE);
    options.put("s3.secret-key", WRONG);
    assertThat(doctor(options))
        .containsPattern("TROUBLE +warehouse +OROCHI-1303: ")
        .contains("-> Check s3.access-key and s3.secret-key")
        .doesNotContain(WRONG)
        .doesNotContain(S3WalkITCase.SECRETS);

    assertThat(doctor(s3.options("s3://nowhere/x")))
        .containsPattern("TROUBLE +warehouse +OROCHI-1304: ")
        .contains("-> Create the bucket, or correct warehouse or s3.endpoint.");

    options.put("s3.endpoint", "http://127.0.0.1:1");
    options.put("catalog.s3.retry.num-retries", "1");
    assertThat(doctor(options))
        .containsPattern("TROUBLE +warehouse +OROCHI-1302: ")
        .doesNotContain(WRONG);
  }

  private void isRefused(Map<String, String> options, String message) {
    assertThatThrownBy(() -> OrochiCluster.start(folder, options).close())
        .isInstanceOf(OrochiException.class)
        .hasMessageStartingWith(message)
        .hasMessageContaining("HINT: ")
        .satisfies(
            failure ->
                assertThat(Sql.messages(failure))
                    .doesNotContain(WRONG)
                    .doesNotContain(S3WalkITCase.SECRETS));
  }

  private String doctor(Map<String, String> options) {
    Map<String, String> all = new HashMap<>(options);
    all.put("data", folder.toString());
    StringWriter out = new StringWriter();
    Doctor.forServer(ServerConfig.of(all), Optional.empty()).examine(new PrintWriter(out, true));
    return out.toString();
  }
}
