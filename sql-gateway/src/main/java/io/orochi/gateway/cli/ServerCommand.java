package io.orochi.gateway.cli;

import io.orochi.catalog.folder.DataFolder;
import io.orochi.catalog.folder.ServerAddresses;
import io.orochi.gateway.config.ServerConfig;
import io.orochi.gateway.server.OrochiServer;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

@Command(
    name = "server",
    description = {
      "Starts a server on a data folder.",
      "It writes its addresses to server.json there, and logs to logs/server.log."
    })
final class ServerCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;
  @Mixin private ServerOptionsMixin server;
  @Spec private CommandSpec spec;

  @Option(
      names = "--detach",
      description = "Leave the server running in the background; return when it answers.")
  private boolean detach;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    ServerConfig config = server.config(common);
    DataFolder folder = DataFolder.open(config.dataFolder());
    if (detach) {
      ServerAddresses addresses = new DetachedServer(folder).start(argumentsOfChild());
      Announcement.print(out, config.dataFolder(), addresses);
      return ExitCode.OK;
    }
    Logging.toFolder(folder.logs());
    OrochiServer running = OrochiServer.start(config);
    Runtime.getRuntime().addShutdownHook(new Thread(running::close, "orochi-shutdown"));
    Announcement.print(out, config.dataFolder(), running.addresses());
    running.awaitShutdown();
    return ExitCode.OK;
  }

  private List<String> argumentsOfChild() {
    ParseResult parsed = spec.commandLine().getParseResult();
    return parsed.originalArgs().stream().filter(a -> !a.equals("--detach")).toList();
  }
}
