package io.orochi.stream.ingest;

import io.orochi.catalog.flink.sink.CommitterFactory;
import io.orochi.catalog.flink.sink.TableSink;
import io.orochi.catalog.flink.sink.TableSinkConfig;
import io.orochi.connectors.element.SourceElement;
import io.orochi.connectors.element.SourceElementTypeInfo;
import io.orochi.stream.ingest.operator.DeadLetterOperator;
import io.orochi.stream.ingest.operator.PositionOperator;
import io.orochi.table.commit.TableCommitter;
import java.time.Clock;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.flink.TableLoader;

/**
 * Source → positions → partitioner → writers → committer. The first two are one chain; rows and
 * positions meet again in the committer.
 */
public final class IngestJob {
  static final String SOURCE_NAME = "read";
  static final String SOURCE_UID = "orochi-source";
  static final String POSITIONS_NAME = "note positions";
  static final String POSITIONS_UID = "orochi-positions";

  static final String DEAD_LETTERS_NAME = "put rejected records aside";
  static final String DEAD_LETTERS_UID = "orochi-dead-letters";

  private static final int RESTARTS_OF_BOUNDED_JOB = 8;

  private IngestJob() {}

  /** Adds the job to an environment that {@link #configuration} made. */
  public static void build(
      StreamExecutionEnvironment environment,
      Source<SourceElement, ?, ?> source,
      SourceElementTypeInfo elements,
      TableLoader table,
      IngestConfig config) {
    build(
        environment,
        source,
        elements,
        table,
        config,
        null,
        loaded -> new TableCommitter(loaded, Clock.systemUTC()));
  }

  /**
   * The same, with rejected records put aside.
   *
   * @param deadLetters null to drop rejected records
   * @param committers makes the committer; a seam for tests of the commit protocol
   */
  public static void build(
      StreamExecutionEnvironment environment,
      Source<SourceElement, ?, ?> source,
      SourceElementTypeInfo elements,
      TableLoader table,
      IngestConfig config,
      DeadLetters deadLetters,
      CommitterFactory committers) {
    SingleOutputStreamOperator<RowData> rows =
        environment
            .fromSource(source, WatermarkStrategy.noWatermarks(), SOURCE_NAME, elements)
            .uid(SOURCE_UID)
            .setParallelism(config.sourceParallelism())
            .transform(
                POSITIONS_NAME,
                InternalTypeInfo.of(elements.rowType()),
                new PositionOperator(elements))
            .uid(POSITIONS_UID)
            .setParallelism(config.sourceParallelism());
    TableSink.append(
        rows,
        rows.getSideOutput(PositionOperator.POSITIONS),
        deadLetters == null
            ? null
            : putAside(
                rows.getSideOutput(PositionOperator.rejections(elements)), deadLetters, config),
        table,
        TableSinkConfig.pipeline(config.pipeline(), config.writerParallelism()),
        committers);
  }

  private static TableSink.Companion putAside(
      DataStream<SourceElement> rejected, DeadLetters deadLetters, IngestConfig config) {
    SingleOutputStreamOperator<RowData> rows =
        rejected
            .transform(
                DEAD_LETTERS_NAME,
                InternalTypeInfo.of(FlinkSchemaUtil.convert(DeadLetters.SCHEMA)),
                new DeadLetterOperator(config.pipeline(), deadLetters.positions()))
            .uid(DEAD_LETTERS_UID)
            .setParallelism(config.sourceParallelism());
    return new TableSink.Companion(
        deadLetters.table(), rows, rows.getSideOutput(DeadLetterOperator.POSITIONS));
  }

  /**
   * The settings the job needs to be exactly-once, for the environment it is built in. A job that
   * would end gives up after some failures, because somebody waits for it; one without end never
   * does.
   */
  public static Configuration configuration(IngestConfig config, Boundedness boundedness) {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.NAME, "ingest " + config.pipeline());
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, config.commitInterval());
    settings.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    settings.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
    settings.set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, true);
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, config.checkpoints().toUri().toString());
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofSeconds(1));
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofMinutes(1));
    if (boundedness == Boundedness.BOUNDED) {
      settings.set(
          RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS,
          RESTARTS_OF_BOUNDED_JOB);
    }
    return settings;
  }
}
