package io.orochi.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A main class in a JVM of its own, run to its end. */
public record JavaFork(int exitCode, String out, String err) {
  private static final long TIMEOUT_SECONDS = 180;
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  /** The class path of this test. */
  public static String ownClassPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  public static JavaFork run(
      Path folder, String classPath, Map<String, String> environment, String main, String... args)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(commandLine(classPath, main));
    Stream.of(args).forEach(line::add);
    Path out = Files.createTempFile(folder, "fork", ".out");
    Path err = Files.createTempFile(folder, "fork", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(main + " did not end: " + Files.readString(err));
      }
    } finally {
      process.destroyForcibly();
    }
    return new JavaFork(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  /** How a JVM for {@code main} is started; its arguments follow. */
  static List<String> commandLine(String classPath, String main) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-Xmx1g");
    line.add("-XX:+UseSerialGC");
    line.add("-XX:TieredStopAtLevel=1");
    line.add("-Duser.timezone=UTC");
    OPENED.forEach(name -> line.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
    line.addAll(List.of("-cp", classPath, main));
    return line;
  }
}
