package io.orochi.gateway.cli;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines for a child with this process's Java and flags. */
final class JavaProcess {
  private JavaProcess() {}

  /** With this process's class path. */
  static List<String> commandLine(String mainClass, List<String> arguments) {
    return commandLine(System.getProperty("java.class.path"), mainClass, arguments);
  }

  static List<String> commandLine(String classPath, String mainClass, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    line.add("-cp");
    line.add(classPath);
    line.add(mainClass);
    line.addAll(arguments);
    return line;
  }
}
