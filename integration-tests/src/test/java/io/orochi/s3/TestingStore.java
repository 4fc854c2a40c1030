package io.orochi.s3;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An S3 server in a JVM of its own, whose objects are files of a folder and outlive it. */
final class TestingStore implements AutoCloseable {
  static final String ACCESS_KEY = "AKIDOFTHEORCHARD";
  static final String SECRET_KEY = "sesame/opens+nothing/here";
  private static final Path MODULE = Path.of("s3/target").toAbsolutePath();

  private final Path folder;
  private int port;
  private Process process;

  private TestingStore(Path folder) {
    this.folder = folder;
  }

  static TestingStore start(Path folder) throws IOException {
    TestingStore store = new TestingStore(Files.createDirectories(folder));
    store.start();
    return store;
  }

  /** On the port it had before. */
  void start() throws IOException {
    String libraries = Files.readString(MODULE.resolve("s3.classpath")).strip();
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                MODULE.resolve("test-classes") + File.pathSeparator + libraries,
                "io.orochi.s3.S3Server",
                folder.toString(),
                String.valueOf(port),
                ACCESS_KEY,
                SECRET_KEY)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    if (line == null) {
      throw new IllegalStateException("The S3 server ended before it listened");
    }
    port = Integer.parseInt(line.strip());
  }

  /** As a machine that loses power. */
  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes connections from now on and answers none, until {@link #goOn}. */
  void hang() throws IOException {
    signal("STOP");
  }

  void goOn() throws IOException {
    signal("CONT");
  }

  private void signal(String name) throws IOException {
    try {
      new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void createBucket(String bucket) throws IOException {
    Files.createDirectories(folder.resolve(bucket));
  }

  List<String> objects(String bucket) throws IOException {
    Path root = folder.resolve(bucket);
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  /** Server options of a warehouse on this store. */
  Map<String, String> options(String warehouse) {
    return new TreeMap<>(
        Map.of(
            "warehouse", warehouse,
            "s3.endpoint", "http://127.0.0.1:" + port,
            "s3.access-key", ACCESS_KEY,
            "s3.secret-key", SECRET_KEY));
  }

  @Override
  public void close() {
    kill();
  }
}
