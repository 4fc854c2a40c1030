package io.orochi.catalog.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.catalog.folder.DataFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogRecordTest {
  @TempDir private Path temp;

  @Test
  void aFolderWithoutARecordHasTheEmbeddedCatalog() {
    DataFolder folder = DataFolder.open(temp);
    assertThat(CatalogConfig.of(folder)).isEqualTo(CatalogConfig.embedded(folder));
  }

  @Test
  void aCatalogElsewhereIsFoundAgainAndItsSecretsAreTheOwnersAlone() throws Exception {
    DataFolder folder = DataFolder.open(temp);
    CatalogConfig elsewhere =
        new CatalogConfig(
            "orochi",
            "s3://bucket/w",
            "jdbc:postgresql://db/orochi",
            Map.of(CatalogConfig.METASTORE_PASSWORD, "secret"));

    elsewhere.record(folder);

    assertThat(CatalogConfig.of(folder)).isEqualTo(elsewhere);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.catalogFile())))
        .isEqualTo("rw-------");
  }

  @Test
  void theRecordGoesWhenTheCatalogIsEmbeddedAgain() {
    DataFolder folder = DataFolder.open(temp);
    new CatalogConfig("orochi", "/w", "jdbc:postgresql://db/orochi", Map.of()).record(folder);

    CatalogConfig.embedded(folder).record(folder);

    assertThat(folder.catalogFile()).doesNotExist();
    assertThat(CatalogConfig.of(folder)).isEqualTo(CatalogConfig.embedded(folder));
  }

  @Test
  void aRecordThatIsNoJsonIsNamed() throws Exception {
    DataFolder folder = DataFolder.open(temp);
    Files.writeString(folder.catalogFile(), "{ not json");

    assertThatThrownBy(() -> CatalogConfig.of(folder))
        .hasMessageContaining("OROCHI-1203: Cannot read " + folder.catalogFile())
        .hasMessageContaining("HINT: ");
  }
}
