package io.orochi.table.kernel.exec;

import io.orochi.table.kernel.sql.SqlText;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * What every statement of an instance is held to. The order counts: folders are allowed first, then
 * everything else outside is closed, then the settings are locked but for the session's time zone
 * and its count of progress.
 */
public final class InstanceSettings {
  private InstanceSettings() {}

  /**
   * What an instance may use.
   *
   * @param tempBytes 0 forbids spilling
   */
  public record Limits(long memoryBytes, int threads, Path tempFolder, long tempBytes) {}

  /**
   * @param folders absolute, without a slash at the end
   */
  public static void apply(Connection connection, Limits limits, List<Path> folders)
      throws SQLException {
    for (String setting :
        List.of(
            "memory_limit = " + kib(limits.memoryBytes),
            "threads = " + limits.threads,
            "temp_directory = " + SqlText.literal(limits.tempFolder.toString()),
            "max_temp_directory_size = " + kib(limits.tempBytes),
            "autoinstall_known_extensions = false",
            "autoload_known_extensions = false",
            "allow_community_extensions = false",
            "allow_persistent_secrets = false",
            "integer_division = true",
            "preserve_insertion_order = false",
            "parquet_metadata_cache = true",
            // data files never change, and LocalFiles looks at each before a scan
            "validate_external_file_cache = 'NO_VALIDATION'",
            "TimeZone = 'UTC'",
            "allowed_directories = "
                + SqlText.literals(folders.stream().map(folder -> folder + "/").toList()),
            "allowed_configs = ['TimeZone', 'enable_progress_bar', 'enable_progress_bar_print']",
            "enable_external_access = false",
            "lock_configuration = true")) {
      Statements.execute(connection, "SET GLOBAL " + setting);
    }
  }

  private static String kib(long bytes) {
    return SqlText.literal(Math.max(1, bytes / 1024) + "KiB");
  }
}
