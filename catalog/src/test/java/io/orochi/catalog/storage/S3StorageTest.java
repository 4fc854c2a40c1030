package io.orochi.catalog.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.iceberg.util.SerializationUtil;
import org.junit.jupiter.api.Test;

class S3StorageTest {
  @Test
  void aCopyInAnotherProcessHasTheSameOptionsAndAClient() {
    S3Storage storage =
        S3Storage.open(Map.of(S3Options.ENDPOINT, "http://store:9000", "metastore.password", "x"));

    S3Storage copy =
        SerializationUtil.deserializeFromBytes(SerializationUtil.serializeToBytes(storage));

    assertThat(copy.properties())
        .isEqualTo(storage.properties())
        .containsEntry(S3Options.REGION, "us-east-1")
        .containsEntry(S3Options.PATH_STYLE, "true")
        .containsEntry("http-client.type", "urlconnection")
        .doesNotContainKey("metastore.password");
    assertThat(copy.newInputFile("s3://lake/a").location()).isEqualTo("s3://lake/a");
  }

  @Test
  void whatTheUserSetsStays() {
    assertThat(
            S3Options.complete(
                Map.of(
                    S3Options.ENDPOINT,
                    "http://store:9000",
                    S3Options.PATH_STYLE,
                    "false",
                    "s3.retry.num-retries",
                    "9")))
        .containsEntry(S3Options.PATH_STYLE, "false")
        .containsEntry("s3.retry.num-retries", "9");
  }

  @Test
  void itsTextTellsNoSecret() {
    S3Storage storage =
        S3Storage.open(
            Map.of(S3Options.ACCESS_KEY, "AKIDOFALL", S3Options.SECRET_KEY, "open-sesame"));

    assertThat(storage.toString()).isEqualTo("S3Storage[AWS]");
  }

  @Test
  void onlyS3sLocationsAreS3s() {
    assertThat(S3Options.isS3("s3://lake/a")).isTrue();
    assertThat(S3Options.isS3("S3A://lake/a")).isTrue();
    assertThat(S3Options.isS3("/data/s3/a")).isFalse();
    assertThat(S3Options.isS3("s3cache")).isFalse();
  }
}
