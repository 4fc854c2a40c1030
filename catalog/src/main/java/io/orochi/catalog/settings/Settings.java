package io.orochi.catalog.settings;

import io.orochi.table.error.NearestName;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The session settings a user may {@code SET}, as data, and how to read them. */
public final class Settings {
  /** Every key that starts with this must be one of {@link #all}. */
  public static final String PREFIX = "orochi.";

  public static final Setting EXECUTION_ENGINE =
      new Setting(
          "orochi.execution.engine",
          SettingType.CHOICE,
          new SettingRange.OneOf(List.of("auto", "kernel", "flink")),
          "auto",
          "Which engine runs a SELECT: the kernel when it can, always the kernel, or always Flink.");

  public static final Setting KERNEL_SOURCE =
      new Setting(
          "orochi.execution.kernel-source",
          SettingType.CHOICE,
          new SettingRange.OneOf(List.of("true", "false")),
          "true",
          "Whether batch jobs of Flink read tables through the kernel; if not, with Iceberg's source.");

  public static final Setting EXECUTION_PRUNING =
      new Setting(
          "orochi.execution.pruning",
          SettingType.CHOICE,
          new SettingRange.OneOf(List.of("on", "off")),
          "on",
          "Whether the kernel skips the files that a query's conditions rule out; off is for"
              + " comparing answers.");

  public static final Setting RESULT_CACHE =
      new Setting(
          "orochi.execution.result-cache",
          SettingType.CHOICE,
          new SettingRange.OneOf(List.of("on", "off")),
          "on",
          "Whether a query may get the answer that the same query had on the same snapshots; without"
              + " pruning none does.");

  public static final Setting STATEMENT_TIMEOUT =
      new Setting(
          "orochi.statement-timeout",
          SettingType.DURATION,
          new SettingRange.Between(0, Duration.ofDays(30).toMillis()),
          "0 s",
          "A statement that runs longer is cancelled; 0 lets it run for ever.");

  public static final Setting RESULT_ROW_LIMIT =
      new Setting(
          "orochi.result-row-limit",
          SettingType.INTEGER,
          new SettingRange.Between(0, 1_000_000_000_000L),
          "0",
          "A query that returns more rows fails instead of flooding its client; 0 is no limit.");

  public static final Setting RESULT_BYTE_LIMIT =
      new Setting(
          "orochi.result-byte-limit",
          SettingType.INTEGER,
          new SettingRange.Between(0, 1_000_000_000_000_000L),
          "0",
          "A query whose rows take more bytes fails, as Arrow vectors on the kernel and as binary rows"
              + " on Flink; 0 is no limit.");

  public static final Setting IDLE_IN_TRANSACTION_TIMEOUT =
      new Setting(
          "orochi.idle-in-transaction-timeout",
          SettingType.DURATION,
          new SettingRange.Between(0, Duration.ofDays(1).toMillis()),
          "10 min",
          "A transaction nobody goes on with is rolled back after this time; 0 keeps it.");

  public static final Setting LOCK_TIMEOUT =
      new Setting(
          "orochi.lock-timeout",
          SettingType.DURATION,
          new SettingRange.Between(0, Duration.ofHours(1).toMillis()),
          "60 s",
          "How long a COMMIT tries while others commit to the same tables.");

  private static final List<Setting> ALL =
      List.of(
          EXECUTION_ENGINE,
          KERNEL_SOURCE,
          EXECUTION_PRUNING,
          RESULT_CACHE,
          IDLE_IN_TRANSACTION_TIMEOUT,
          LOCK_TIMEOUT,
          RESULT_BYTE_LIMIT,
          RESULT_ROW_LIMIT,
          STATEMENT_TIMEOUT);

  private Settings() {}

  /** Ordered by key. */
  public static List<Setting> all() {
    return ALL;
  }

  public static Optional<Setting> find(String key) {
    return ALL.stream().filter(setting -> setting.key().equals(key)).findFirst();
  }

  /**
   * Checks one {@code SET}. A key outside {@link #PREFIX} that is not the session's time zone is
   * not Orochi's and passes.
   *
   * @throws OrochiException UNKNOWN_SETTING naming the nearest key, INVALID_SETTING_VALUE naming
   *     the range
   */
  public static void validate(String key, String value) {
    if (key.equals(SessionZone.KEY)) {
      SessionZone.validate(value);
    } else if (key.startsWith(PREFIX)) {
      require(key).parse(value);
    }
  }

  /**
   * Checks one {@code RESET}. A key outside {@link #PREFIX} is not Orochi's and passes.
   *
   * @throws OrochiException UNKNOWN_SETTING naming the nearest key
   */
  public static void validateKey(String key) {
    if (key.startsWith(PREFIX)) {
      require(key);
    }
  }

  private static Setting require(String key) {
    return find(key)
        .orElseThrow(
            () ->
                OrochiException.of(OrochiErrorCode.UNKNOWN_SETTING, "Unknown setting: " + key)
                    .withDetail("All settings: SELECT * FROM info.settings.")
                    .withHint(NearestName.hint(key, ALL.stream().map(Setting::key).toList())));
  }

  /** {@code auto}, {@code kernel} or {@code flink}. */
  public static String executionEngine(Map<String, String> session) {
    return (String) EXECUTION_ENGINE.valueIn(session);
  }

  /** Whether files may be skipped. */
  public static boolean pruning(Map<String, String> session) {
    return EXECUTION_PRUNING.valueIn(session).equals("on");
  }

  /** Whether answers may be given again. */
  public static boolean resultCache(Map<String, String> session) {
    return RESULT_CACHE.valueIn(session).equals("on");
  }

  /** Zero for none. */
  public static Duration statementTimeout(Map<String, String> session) {
    return (Duration) STATEMENT_TIMEOUT.valueIn(session);
  }

  /** Zero for none. */
  public static Duration idleInTransactionTimeout(Map<String, String> session) {
    return (Duration) IDLE_IN_TRANSACTION_TIMEOUT.valueIn(session);
  }

  public static Duration lockTimeout(Map<String, String> session) {
    return (Duration) LOCK_TIMEOUT.valueIn(session);
  }

  /** Zero for none. */
  public static long resultRowLimit(Map<String, String> session) {
    return (Long) RESULT_ROW_LIMIT.valueIn(session);
  }

  /** Zero for none. */
  public static long resultByteLimit(Map<String, String> session) {
    return (Long) RESULT_BYTE_LIMIT.valueIn(session);
  }
}
