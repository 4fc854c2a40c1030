package io.orochi.table.kernel.exec;

import io.orochi.table.kernel.sql.SqlText;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * What every statement of an instance is held to. The order counts: folders are allowed first, then
 * everything else outside is closed, then the settings are locked but for the session's time zone.
 */
public final class InstanceSettings {
  private InstanceSettings() {}

  public static void apply(
      Connection connection,
      long memoryBytes,
      int threads,
      Path tempFolder,
      long tempBytes,
      List<Path> folders)
      throws SQLException {
    for (String setting :
        List.of(
            "memory_limit = " + kib(memoryBytes),
            "threads = " + threads,
            "temp_directory = " + SqlText.literal(tempFolder.toString()),
            "max_temp_directory_size = " + kib(tempBytes),
            "autoinstall_known_extensions = false",
            "autoload_known_extensions = false",
            "allow_community_extensions = false",
            "allow_persistent_secrets = false",
            "integer_division = true",
            "preserve_insertion_order = false",
            "parquet_metadata_cache = true",
            "TimeZone = 'UTC'",
            "allowed_directories = "
                + SqlText.literals(folders.stream().map(folder -> folder + "/").toList()),
            "allowed_configs = ['TimeZone']",
            "enable_external_access = false",
            "lock_configuration = true")) {
      Statements.execute(connection, "SET GLOBAL " + setting);
    }
  }

  private static String kib(long bytes) {
    return SqlText.literal(Math.max(1, bytes / 1024) + "KiB");
  }
}
