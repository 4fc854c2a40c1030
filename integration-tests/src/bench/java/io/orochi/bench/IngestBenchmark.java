package io.orochi.bench;

import io.orochi.bench.Race.Contestant;
import io.orochi.catalog.iceberg.CatalogConfig;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.connectors.element.SourceElementTypeInfo;
import io.orochi.connectors.fleet.FleetConfig;
import io.orochi.connectors.fleet.FleetRows;
import io.orochi.connectors.fleet.FleetSource;
import io.orochi.stream.ingest.IngestConfig;
import io.orochi.stream.ingest.IngestJob;
import io.orochi.stream.ingest.operator.PositionOperator;
import io.orochi.table.layout.ChunkInterval;
import io.orochi.table.layout.Distribution;
import io.orochi.table.layout.TableLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.DistributionMode;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.flink.TableLoader;
import org.apache.iceberg.flink.sink.IcebergSink;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How fast rows get into a table, exactly once. */
@Command(
    name = "ingest",
    mixinStandardHelpOptions = true,
    description = "TSBS rows through IngestJob, against Iceberg's own Flink sink.")
final class IngestBenchmark implements Callable<Integer> {
  private static final String MEASURES =
      "a whole job from submission to the last commit: the same simulated fleet, checkpoint 10 s,"
          + " day x bucket 16, format v2, local disk; Flink starts inside the time of each";
  private static final int BUCKETS = 16;
  private static final Duration CHECKPOINTS = Duration.ofSeconds(10);
  private static final Namespace NAMESPACE = Namespace.of("bench");

  @Mixin private BenchOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--hosts",
      defaultValue = "4000",
      description = "Hosts of the fleet (default: ${DEFAULT-VALUE}).")
  private int hosts;

  @Option(
      names = "--steps",
      defaultValue = "500",
      description = "Rows of each host (default: ${DEFAULT-VALUE}).")
  private long steps;

  @Option(
      names = "--parallelism",
      defaultValue = "2",
      description = "Readers and writers (default: ${DEFAULT-VALUE}).")
  private int parallelism;

  private Path folder;
  private CatalogConfig config;
  private OrochiIcebergCatalog catalog;
  private int runs;

  @Override
  public Integer call() throws Exception {
    folder = Files.createTempDirectory(Files.createDirectories(options.work()), "ingest-");
    config =
        new CatalogConfig(
            "orochi",
            folder.resolve("warehouse").toString(),
            "jdbc:sqlite:" + folder.resolve("metastore.db"),
            Map.of());
    try (OrochiIcebergCatalog opened = OrochiIcebergCatalog.open(config)) {
      catalog = opened;
      catalog.createNamespace(NAMESPACE);
      BenchReport report =
          new BenchReport("ingest", MEASURES, List.of("orochi", "iceberg hash", "iceberg none"));
      report.fact("rows", hosts * steps);
      report.fact("columns", FleetRows.rowType().getFieldCount());
      report.fact("files orochi", files(orochi()));
      report.fact("files iceberg hash", files(iceberg(DistributionMode.HASH)));
      report.fact("files iceberg none", files(iceberg(DistributionMode.NONE)));
      report.add(
          new Race(0, options.rounds())
              .run(
                  "all rows",
                  List.of(
                      new Contestant("orochi", () -> rows(orochi())),
                      new Contestant("iceberg hash", () -> rows(iceberg(DistributionMode.HASH))),
                      new Contestant("iceberg none", () -> rows(iceberg(DistributionMode.NONE)))),
                  (first, other) ->
                      first.equals(other) ? List.of() : List.of(first + " is not " + other)));
      report.print(spec.commandLine().getOut());
    }
    return 0;
  }

  private Table orochi() throws Exception {
    TableIdentifier table = create();
    IngestConfig ingest = ingest();
    StreamExecutionEnvironment environment = environment(ingest);
    IngestJob.build(environment, source(), elements(), loader(table), ingest);
    environment.execute();
    return catalog.loadTable(table);
  }

  private Table iceberg(DistributionMode distribution) throws Exception {
    TableIdentifier table = create();
    StreamExecutionEnvironment environment = environment(ingest());
    DataStream<RowData> rows =
        environment
            .fromSource(source(), WatermarkStrategy.noWatermarks(), "read", elements())
            .transform(
                "rows", InternalTypeInfo.of(FleetRows.rowType()), new PositionOperator(elements()));
    IcebergSink.forRowData(rows)
        .tableLoader(loader(table))
        .distributionMode(distribution)
        .writeParallelism(parallelism)
        .append();
    environment.execute();
    return catalog.loadTable(table);
  }

  private FleetSource source() {
    return new FleetSource(
        new FleetConfig(
            hosts,
            1,
            Instant.parse("2026-01-01T00:00:00Z"),
            Duration.ofSeconds(10),
            steps,
            FleetConfig.Pace.UNLIMITED),
        Map.of());
  }

  private static SourceElementTypeInfo elements() {
    return new SourceElementTypeInfo(FleetRows.rowType());
  }

  private IngestConfig ingest() {
    return new IngestConfig(
        "bench", CHECKPOINTS, parallelism, parallelism, folder.resolve("checkpoints"));
  }

  private StreamExecutionEnvironment environment(IngestConfig ingest) {
    return StreamExecutionEnvironment.createLocalEnvironment(
        parallelism, IngestJob.configuration(ingest, Boundedness.BOUNDED));
  }

  private TableIdentifier create() {
    TableIdentifier table = TableIdentifier.of(NAMESPACE, "run_" + runs++);
    Schema schema =
        FlinkSchemaUtil.convert(FlinkSchemaUtil.toResolvedSchema(FleetRows.rowType()));
    TableLayout layout =
        new TableLayout(
            "ts",
            new ChunkInterval(1, ChunkInterval.Unit.DAY),
            new Distribution.Hash("hostname", BUCKETS),
            List.of());
    catalog
        .buildTable(table, schema)
        .withPartitionSpec(layout.partitionSpec(schema))
        .withProperties(layout.properties())
        .withProperty("format-version", "2")
        .create();
    return table;
  }

  private TableLoader loader(TableIdentifier table) {
    return TableLoader.fromCatalog(
        CatalogLoader.custom(
            config.name(),
            config.toProperties(),
            new Configuration(),
            OrochiIcebergCatalog.class.getName()),
        table);
  }

  private static String rows(Table table) {
    return table.currentSnapshot().summary().get("total-records");
  }

  private static String files(Table table) {
    return table.currentSnapshot().summary().get("total-data-files");
  }
}
