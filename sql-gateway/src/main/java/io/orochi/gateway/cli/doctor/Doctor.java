package io.orochi.gateway.cli.doctor;

import io.orochi.catalog.folder.ServerAddresses;
import io.orochi.gateway.config.ServerConfig;
import io.orochi.table.error.OrochiException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Runs checks and prints a line for each. */
public final class Doctor {
  private final List<Check> checks;

  Doctor(List<Check> checks) {
    this.checks = List.copyOf(checks);
  }

  /**
   * The checks for a server with this configuration.
   *
   * @param running the server that has the data folder open now
   */
  public static Doctor forServer(ServerConfig config, Optional<ServerAddresses> running) {
    return new Doctor(
        List.of(
            new JavaCheck(Runtime.version()),
            new MemoryCheck(config),
            new PortsCheck(config, running),
            new ClockCheck(Clock.systemUTC(), config.dataFolder()),
            new DataFolderCheck(config.dataFolder()),
            new DiskCheck(config.dataFolder()),
            new MetastoreCheck(config),
            new WarehouseCheck(config, Clock.systemUTC())));
  }

  /** Prints one line per check, and the advice below each trouble; returns the troubles' number. */
  public int examine(PrintWriter out) {
    int troubles = 0;
    for (Check check : checks) {
      Finding finding = finding(check);
      boolean trouble = finding instanceof Finding.Trouble;
      out.printf("%-7s %-12s %s%n", trouble ? "TROUBLE" : "ok", check.name(), finding.text());
      if (finding instanceof Finding.Trouble found) {
        out.printf("%-20s %s%n", "", "-> " + found.advice());
        troubles++;
      }
    }
    out.flush();
    return troubles;
  }

  private static Finding finding(Check check) {
    try {
      return check.look();
    } catch (OrochiException e) {
      String detail = e.detail().isEmpty() ? "" : " (" + e.detail() + ")";
      return new Finding.Trouble(
          "OROCHI-" + e.code().number() + ": " + e.summary() + detail,
          e.hint().isEmpty() ? "See docs/errors.md." : e.hint());
    } catch (Exception e) {
      return new Finding.Trouble(String.valueOf(e), "Run orochi doctor --verbose, or see the log.");
    }
  }
}
