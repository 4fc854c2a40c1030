package io.orochi.gateway.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** The exit codes of every command. */
final class ExitCode {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  private ExitCode() {}

  /** For the help of a command. */
  static Map<String, String> help() {
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put(" " + OK, "done");
    codes.put(" " + FAILED, "failed; the reason is on standard error");
    codes.put(" " + USAGE, "the command line is wrong");
    return codes;
  }
}
