package io.orochi.stream.command;

import io.orochi.catalog.folder.DataFolder;
import io.orochi.connectors.element.SourceElement;
import io.orochi.connectors.element.SourceElementTypeInfo;
import io.orochi.stream.client.FlinkCluster;
import io.orochi.stream.client.Submission;
import io.orochi.stream.client.TargetTable;
import io.orochi.stream.ingest.IngestConfig;
import io.orochi.stream.ingest.IngestJob;
import io.orochi.table.layout.TableLayout;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Function;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Starts streams that make their rows themselves and have no end. */
public final class Streams {
  private Streams() {}

  /**
   * @param table created with the stream's columns if absent
   * @param slots the most task slots it takes
   * @param source made from the positions of earlier runs
   */
  public record Stream(
      String pipeline,
      String table,
      TableLayout layout,
      SourceElementTypeInfo elements,
      int slots,
      Function<Map<String, String>, Source<SourceElement, ?, ?>> source) {}

  public static void run(Stream stream, JobOptions options, Mode mode, PrintWriter out)
      throws InterruptedException {
    DataFolder folder = options.folder();
    FlinkCluster cluster = FlinkCluster.of(folder);
    try (TargetTable target =
        TargetTable.openOrCreate(
            folder,
            stream.table(),
            () ->
                new TargetTable.Definition(
                    Schemas.of(stream.elements().rowType()), stream.layout()))) {
      IngestConfig config =
          options.ingest(
              folder,
              cluster,
              stream.pipeline(),
              new JobOptions.Wish(
                  stream.slots(), stream.slots(), IngestConfig.COMMIT_INTERVAL_DEFAULT));
      StreamExecutionEnvironment environment =
          cluster.environment(IngestJob.configuration(config, Boundedness.CONTINUOUS_UNBOUNDED));
      IngestJob.build(
          environment,
          stream.source().apply(target.commits(stream.pipeline()).positions()),
          stream.elements(),
          target.loader(),
          config);
      Submission job = Submission.submit(cluster, environment, stream.pipeline());
      out.printf("started job %s: %s into %s%n", job.id(), stream.pipeline(), stream.table());
      out.flush();
      if (mode == Mode.ATTACHED) {
        job.await(out, 0);
      }
    }
  }

  public enum Mode {
    ATTACHED,
    DETACHED
  }
}
