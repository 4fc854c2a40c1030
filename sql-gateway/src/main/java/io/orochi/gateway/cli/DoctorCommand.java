package io.orochi.gateway.cli;

import io.orochi.gateway.cli.doctor.Doctor;
import io.orochi.gateway.config.ServerConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "doctor",
    description = {
      "Checks this machine and a data folder: a line for each, ok or what to do.",
      "Exit code 1 if anything needs doing."
    })
final class DoctorCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;
  @Mixin private ServerOptionsMixin server;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    ServerConfig config = server.config(common);
    Doctor doctor = Doctor.forServer(config, RunningServer.find(config.dataFolder()));
    int troubles = doctor.examine(spec.commandLine().getOut());
    return troubles == 0 ? ExitCode.OK : ExitCode.FAILED;
  }
}
