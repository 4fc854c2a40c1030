package io.orochi.batch;

import io.orochi.batch.scrub.ScrubJob;
import io.orochi.batch.scrub.ScrubReport;
import io.orochi.catalog.folder.DataFolder;
import io.orochi.catalog.folder.ServerAddresses;
import io.orochi.catalog.iceberg.CatalogConfig;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code orochi scrub}: exit code 0 if every file is whole, 1 if one is not, 2 for bad usage. */
@Command(
    name = "orochi scrub",
    mixinStandardHelpOptions = true,
    description = {
      "Reads every file of a table and compares it with the digest of its commit.",
      "Runs on the server's Flink cluster, or in this process if no server is running."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      " 0:every file is whole",
      " 1:a file is not, or the check failed",
      " 2:the command line is wrong"
    })
public final class ScrubCommand implements Callable<Integer> {
  private static final String DEFAULT_DATABASE = "default";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:OROCHI_DATA:-orochi-data}",
      description = "The data folder (default: $OROCHI_DATA, else ./orochi-data).")
  private Path data;

  @Option(
      names = "--table",
      paramLabel = "[DATABASE.]TABLE",
      required = true,
      description = "The table to read.")
  private String table;

  @Spec private CommandSpec spec;

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** For {@link #main} and for callers in the same process. */
  public static CommandLine commandLine() {
    return new CommandLine(new ScrubCommand())
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              String text =
                  OrochiException.findIn(failure)
                      .map(Throwable::getMessage)
                      .orElseGet(failure::toString);
              command.getErr().println(text);
              return 1;
            });
  }

  @Override
  public Integer call() throws Exception {
    DataFolder folder = DataFolder.open(data);
    try (OrochiIcebergCatalog catalog = OrochiIcebergCatalog.open(CatalogConfig.of(folder));
        StreamExecutionEnvironment environment = environment(folder)) {
      ScrubReport report = new ScrubJob(load(catalog)).run(environment);
      spec.commandLine().getOut().print(report.text());
      spec.commandLine().getOut().flush();
      return report.isClean() ? 0 : 1;
    }
  }

  private Table load(OrochiIcebergCatalog catalog) {
    int dot = table.lastIndexOf('.');
    String database = dot < 0 ? DEFAULT_DATABASE : table.substring(0, dot);
    TableIdentifier name = TableIdentifier.of(Namespace.of(database), table.substring(dot + 1));
    try {
      return catalog.loadTable(name);
    } catch (NoSuchTableException e) {
      throw OrochiException.of(OrochiErrorCode.RELATION_NOT_FOUND, "Cannot scrub table: " + name)
          .withDetail("There is no such table in " + data.toAbsolutePath().normalize() + ".")
          .withHint("SHOW TABLES lists the tables of a database; --data chooses the folder.")
          .causedBy(e);
    }
  }

  private static StreamExecutionEnvironment environment(DataFolder folder) {
    Optional<URI> flink =
        ServerAddresses.read(folder).map(ServerAddresses::flinkUrl).map(URI::create);
    return flink
        .map(
            url -> StreamExecutionEnvironment.createRemoteEnvironment(url.getHost(), url.getPort()))
        .orElseGet(StreamExecutionEnvironment::createLocalEnvironment);
  }
}
