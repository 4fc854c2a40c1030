package io.orochi.table.error;

/**
 * Every error a user can see. A number is never reused; each module has a range: table-format 1000,
 * sketches 2000, catalog 3000, connectors 4000, stream-jobs 5000, batch-jobs 6000, sql-gateway
 * 7000, shell and deployment 8000.
 */
public enum OrochiErrorCode {
  // table-format
  UNKNOWN_OPTION(1001, ErrorType.USER),
  INVALID_OPTION_VALUE(1002, ErrorType.USER),
  INVALID_CHUNK_INTERVAL(1003, ErrorType.USER),
  TIME_COLUMN_MISSING(1004, ErrorType.USER),
  DISTRIBUTION_COLUMN_MISSING(1005, ErrorType.USER),
  COMMIT_CONFLICT(1101, ErrorType.EXTERNAL),
  COMMIT_STATE_UNKNOWN(1102, ErrorType.EXTERNAL),
  DATA_FILE_CORRUPT(1201, ErrorType.CORRUPTION),
  DATA_FILE_MISSING(1202, ErrorType.CORRUPTION),
  METADATA_CORRUPT(1203, ErrorType.CORRUPTION),
  DISK_FULL(1301, ErrorType.RESOURCE),
  STORAGE_UNAVAILABLE(1302, ErrorType.EXTERNAL),
  KERNEL_OUT_OF_MEMORY(1401, ErrorType.RESOURCE),
  KERNEL_FAILED(1402, ErrorType.INTERNAL),
  QUERY_CANCELLED(1403, ErrorType.USER),
  NUMERIC_OUT_OF_RANGE(1404, ErrorType.USER),
  VALUE_NOT_CONVERTIBLE(1405, ErrorType.USER),
  KERNEL_CANNOT_READ(1406, ErrorType.USER),
  COLUMN_NOT_FOUND(1407, ErrorType.USER),
  SNAPSHOT_NOT_FOUND(1408, ErrorType.USER),

  // sketches
  SUMMARY_UNREADABLE(2001, ErrorType.USER),
  SUMMARY_ARGUMENT_OUT_OF_RANGE(2002, ErrorType.USER),

  // catalog
  RELATION_NOT_FOUND(3001, ErrorType.USER),
  RELATION_ALREADY_EXISTS(3002, ErrorType.USER),
  METASTORE_UNAVAILABLE(3003, ErrorType.EXTERNAL),
  DATA_FOLDER_TOO_NEW(3004, ErrorType.USER),
  PROCEDURE_NOT_FOUND(3005, ErrorType.USER),
  INVALID_ARGUMENT(3006, ErrorType.USER),
  NOT_A_HYPERTABLE(3007, ErrorType.USER),
  ALREADY_A_HYPERTABLE(3008, ErrorType.USER),
  SCHEMA_CHANGE_REFUSED(3020, ErrorType.USER),
  CONSTRAINT_INVALID(3021, ErrorType.USER),

  NULL_NOT_ALLOWED(3101, ErrorType.USER),
  SINK_NEEDS_CHECKPOINTS(3102, ErrorType.USER),
  PIPELINE_STATE_STALE(3103, ErrorType.USER),
  PIPELINE_ALREADY_RUNNING(3104, ErrorType.USER),
  CHECK_VIOLATED(3110, ErrorType.USER),

  // connectors
  INPUT_NOT_FOUND(4001, ErrorType.USER),
  INPUT_TRUNCATED(4002, ErrorType.USER),
  INPUT_ROW_INVALID(4003, ErrorType.USER),
  INPUT_FORMAT_UNKNOWN(4004, ErrorType.USER),
  INPUT_COLUMN_UNKNOWN(4005, ErrorType.USER),

  // stream-jobs
  INGEST_FAILED(5001, ErrorType.EXTERNAL),
  NO_FREE_SLOT(5002, ErrorType.RESOURCE),

  // sql-gateway
  SQL_SYNTAX(7001, ErrorType.USER),
  SQL_INVALID(7002, ErrorType.USER),
  STATEMENT_NOT_SUPPORTED(7003, ErrorType.USER),
  STATEMENT_TIMEOUT(7004, ErrorType.RESOURCE),
  ENGINE_CANNOT_RUN(7005, ErrorType.USER),
  UNKNOWN_SETTING(7006, ErrorType.USER),
  INVALID_SETTING_VALUE(7007, ErrorType.USER),
  FLINK_JOB_FAILED(7008, ErrorType.EXTERNAL),
  INTERNAL_ERROR(7009, ErrorType.INTERNAL),
  TOO_MANY_STATEMENTS(7010, ErrorType.RESOURCE),
  TOO_MANY_SESSIONS(7011, ErrorType.RESOURCE),
  SESSION_NOT_FOUND(7012, ErrorType.USER),
  RESULT_TOO_LARGE(7013, ErrorType.RESOURCE),
  MERGE_ROW_TWICE(7040, ErrorType.USER),

  // shell and deployment
  PORT_IN_USE(8001, ErrorType.EXTERNAL),
  SERVER_NOT_RUNNING(8002, ErrorType.USER),
  SERVER_ALREADY_RUNNING(8003, ErrorType.USER),
  CONFIG_FILE_INVALID(8004, ErrorType.USER);

  private final int number;
  private final ErrorType type;

  OrochiErrorCode(int number, ErrorType type) {
    this.number = number;
    this.type = type;
  }

  public int number() {
    return number;
  }

  public ErrorType type() {
    return type;
  }
}
