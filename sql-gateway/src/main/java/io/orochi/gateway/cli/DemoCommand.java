package io.orochi.gateway.cli;

import io.orochi.catalog.folder.DataFolder;
import io.orochi.gateway.cli.demo.Demo;
import io.orochi.gateway.cli.sql.FlightSession;
import io.orochi.gateway.cli.sql.StatusLine;
import io.orochi.gateway.config.ServerConfig;
import io.orochi.gateway.server.OrochiServer;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    description = {
      "Starts a server, streams this machine's metrics and a simulated fleet into hypertables,",
      "runs a few queries, and goes on until Ctrl-C. A second start continues with the same data."
    })
final class DemoCommand implements Callable<Integer> {
  private static final long SHUTDOWN_SECONDS = 30;

  @Mixin private CommonOptions common;
  @Mixin private ServerOptionsMixin server;
  @Spec private CommandSpec spec;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Stop after showing progress for N seconds instead of at Ctrl-C.")
  private Long seconds;

  @Override
  public Integer call() throws InterruptedException {
    Instant started = Instant.now();
    PrintWriter out = spec.commandLine().getOut();
    StatusLine status = StatusLine.forProcess(spec.commandLine().getErr());
    ServerConfig config = server.configWithFreePorts(common);
    Logging.toFolder(DataFolder.open(config.dataFolder()).logs());
    status.show("starting a server on " + config.dataFolder());
    try (OrochiServer running = OrochiServer.start(config);
        FlightSession session = FlightSession.open(running.addresses())) {
      status.clear();
      Demo demo = new Demo(session, out, status, started);
      CountDownLatch ended = new CountDownLatch(1);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(demo, ended), "orochi-shutdown"));
      try {
        demo.startStreams(config.dataFolder());
        demo.awaitFirstRows();
        demo.showQueries();
        out.println();
        Announcement.print(out, config.dataFolder(), running.addresses());
        out.println("Ctrl-C ends the demo; its data stays.");
        out.flush();
        demo.showProgress(seconds == null ? Duration.ofDays(3650) : Duration.ofSeconds(seconds));
      } finally {
        running.close();
        ended.countDown();
      }
    }
    return ExitCode.OK;
  }

  /** On Ctrl-C: the main thread sees it, closes the server in order, and says when it is done. */
  private static void stop(Demo demo, CountDownLatch ended) {
    demo.stop();
    try {
      ended.await(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
