package io.orochi.catalog.iceberg;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orochi.catalog.folder.DataFolder;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;

/** A catalog that is not embedded, remembered in the data folder of its server. */
final class CatalogRecord {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CatalogRecord() {}

  static Optional<CatalogConfig> read(DataFolder folder) {
    try {
      String text = Files.readString(folder.catalogFile(), UTF_8);
      Map<String, String> properties = JSON.readValue(text, new TypeReference<>() {});
      return Optional.of(CatalogConfig.fromProperties(CatalogConfig.NAME_DEFAULT, properties));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw OrochiException.of(
              OrochiErrorCode.METADATA_CORRUPT, "Cannot read " + folder.catalogFile())
          .withDetail("It is not the JSON object that a server writes at its start.")
          .withHint("Start the server again with its configuration file.");
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  static void write(DataFolder folder, CatalogConfig config) {
    try {
      if (config.equals(CatalogConfig.embedded(folder))) {
        Files.deleteIfExists(folder.catalogFile());
      } else {
        DataFolder.writeDurably(
            folder.catalogFile(),
            JSON.writerWithDefaultPrettyPrinter().writeValueAsString(config.toProperties()) + "\n");
      }
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  private static OrochiException unusable(DataFolder folder, IOException cause) {
    return OrochiException.of(
            OrochiErrorCode.STORAGE_UNAVAILABLE, "Cannot use " + folder.catalogFile())
        .withDetail(String.valueOf(cause))
        .withHint("Check the permissions and the free space of the data folder.")
        .causedBy(cause);
  }
}
