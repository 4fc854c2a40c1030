package io.orochi.cluster;

import io.orochi.catalog.folder.DataFolder;
import io.orochi.catalog.folder.ServerAddresses;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A {@link VictimServer} in a process of its own, started again as often as it dies. */
public final class KillableServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path data;
  private final Path order;
  private final Path output;
  private final List<String> points;
  private Process process;

  /**
   * @param folder keeps data and output
   * @param points where it may be killed
   */
  public KillableServer(Path folder, List<String> points) {
    this.data = folder.resolve("data");
    this.order = folder.resolve("order");
    this.output = folder.resolve("server.out");
    this.points = points;
  }

  /** Returns when it answers. */
  public void start() throws IOException, InterruptedException {
    spawn();
    DataFolder folder = DataFolder.open(data);
    long pid = process.pid();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                !process.isAlive()
                    || ServerAddresses.read(folder).filter(a -> a.pid() == pid).isPresent());
    if (!process.isAlive()) {
      throw new IllegalStateException("The server died:\n" + Files.readString(output));
    }
  }

  /** Starts it with an order it meets before it answers. */
  public void startAndDie(int threads, String... where) throws Exception {
    kill(threads, where);
    spawn();
    awaitDeath();
  }

  private void spawn() throws IOException {
    List<String> line =
        new ArrayList<>(
            JavaFork.commandLine(JavaFork.ownClassPath(), VictimServer.class.getName()));
    line.add(data.toString());
    line.add(order.toString());
    line.addAll(points);
    process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
            .start();
  }

  /** From now on it dies when so many threads are at these points. */
  public void kill(int threads, String... where) throws IOException {
    Path next =
        Files.writeString(order.resolveSibling("next"), threads + " " + String.join(" ", where));
    Files.move(next, order, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  /** Takes the order back. */
  public void awaitDeath() throws Exception {
    boolean dead = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    String asked = Files.readString(order);
    Files.delete(order);
    if (!dead || process.exitValue() != VictimServer.KILLED) {
      throw new AssertionError(
          "Not killed at " + asked + (dead ? ": " + process.exitValue() : ": still there"));
    }
  }

  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  public Path dataFolder() {
    return data;
  }

  /** A new session over Arrow Flight SQL. */
  public Connection flight() throws SQLException {
    URI flight = URI.create(ServerAddresses.read(DataFolder.open(data)).orElseThrow().flightUrl());
    return DriverManager.getConnection(
        "jdbc:arrow-flight-sql://%s:%d/?useEncryption=false"
            .formatted(flight.getHost(), flight.getPort()));
  }

  @Override
  public void close() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }
}
