package io.orochi.gateway.server;

import io.orochi.catalog.flink.OrochiCatalog;
import io.orochi.catalog.folder.DataFolder;
import io.orochi.catalog.folder.ServerAddresses;
import io.orochi.catalog.iceberg.CatalogConfig;
import io.orochi.catalog.info.InfoViews;
import io.orochi.catalog.rest.RestAuthorizer;
import io.orochi.catalog.rest.RestCatalogServer;
import io.orochi.catalog.transaction.OpenTransactions;
import io.orochi.catalog.transaction.TransactionRows;
import io.orochi.gateway.change.ChangePlanner;
import io.orochi.gateway.change.StagedLeftovers;
import io.orochi.gateway.cluster.SessionCluster;
import io.orochi.gateway.config.ServerConfig;
import io.orochi.gateway.flight.FlightDoor;
import io.orochi.gateway.kernel.ChunkReads;
import io.orochi.gateway.kernel.KernelExecutor;
import io.orochi.gateway.kernel.cache.ResultCache;
import io.orochi.gateway.plan.QueryPlanner;
import io.orochi.gateway.plan.cache.PlanCache;
import io.orochi.gateway.plan.function.FlinkFunctions;
import io.orochi.gateway.rest.RestDoor;
import io.orochi.gateway.session.SessionDefaults;
import io.orochi.gateway.session.Sessions;
import io.orochi.gateway.statement.Engines;
import io.orochi.gateway.statement.running.StatementActivity;
import io.orochi.gateway.statement.running.Statements;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.kernel.Kernel;
import io.orochi.table.kernel.KernelConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server process: a session cluster, the read kernel, the catalog and the doors. It belongs to
 * one data folder, whose {@code server.json} names its addresses from the moment every door is open
 * until the server closes.
 */
public final class OrochiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OrochiServer.class);

  /** The kernel streams: it can read far more than it may hold. */
  private static final long POOL_READS_MEMORY_TIMES = 64;

  private static final int REMEMBERED_CHUNKS = 100_000;

  private static final int PROBE_MILLIS = 2_000;

  private final DataFolder folder;
  private final ServerAddresses addresses;
  private final Statements statements;
  private final Parts parts;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);

  private OrochiServer(
      DataFolder folder, ServerAddresses addresses, Statements statements, Parts parts) {
    this.folder = folder;
    this.addresses = addresses;
    this.statements = statements;
    this.parts = parts;
  }

  /**
   * Returns when every door is open. After a failure nothing is left running.
   *
   * @throws OrochiException PORT_IN_USE, SERVER_ALREADY_RUNNING if another live server has the data
   *     folder, DATA_FOLDER_TOO_NEW, METASTORE_UNAVAILABLE, STORAGE_ACCESS_DENIED, BUCKET_NOT_FOUND
   */
  public static OrochiServer start(ServerConfig config) {
    Clock clock = Clock.systemUTC();
    DataFolder folder = DataFolder.open(config.dataFolder());
    refuseSecond(folder);
    Ports.requireFree(config);
    WarehouseStart.check(config.storage(), clock);
    Parts parts = new Parts();
    try {
      Statements statements =
          parts.add("statements", new Statements(config.limits(), clock), Statements::close);
      ServerAddresses addresses = assemble(config, folder, statements, parts);
      OrochiServer server = new OrochiServer(folder, addresses, statements, parts);
      catalogConfig(config, folder).record(folder);
      server.addresses.write(folder);
      LOG.info("Orochi is ready: {}", server.addresses);
      return server;
    } catch (RuntimeException failure) {
      parts.close();
      throw failure;
    }
  }

  private static ServerAddresses assemble(
      ServerConfig config, DataFolder folder, Statements statements, Parts parts) {
    OrochiCatalog catalog =
        parts.add(
            "catalog",
            new OrochiCatalog(SessionDefaults.CATALOG, catalogConfig(config, folder)),
            OrochiCatalog::close);
    catalog.open();
    OpenTransactions transactions =
        new OpenTransactions(catalog.icebergCatalog(), folder.transactions(), Clock.systemUTC());
    transactions.recover();
    catalog.icebergCatalog().noteWith(transactions::notes);
    if (config.storage().metastore().isEmpty()) {
      StagedLeftovers.drop(catalog.icebergCatalog());
    }
    SessionCluster cluster =
        parts.add("session cluster", SessionCluster.start(config, folder), SessionCluster::close);
    BufferAllocator allocator =
        parts.add("Arrow memory", new RootAllocator(), BufferAllocator::close);
    Kernel kernel = parts.add("kernel", openKernel(config, folder), Kernel::close);
    QueryPlanner planner = new QueryPlanner();
    PlanCache plans = new PlanCache(catalog, Clock.systemUTC());
    ResultCache results = new ResultCache(config.kernel().resultCacheBytes(), Clock.systemUTC());
    ChunkReads reads = new ChunkReads(REMEMBERED_CHUNKS, Clock.systemUTC());
    StatementActivity activity = new StatementActivity(statements, cluster::progress);
    TransactionRows open = new TransactionRows(transactions);
    catalog.show(
        view ->
            switch (view) {
              case "active_queries" -> activity.rows();
              case "plan_cache" -> plans.rows();
              case "query_cache" -> results.rows();
              case InfoViews.CHUNK_READS -> reads.rows();
              default -> open.of(view);
            });
    catalog.cancelWith(activity);
    Engines engines =
        new Engines(
            planner,
            new ChangePlanner(planner, Clock.systemUTC()),
            plans,
            new KernelExecutor(kernel, allocator, results, reads),
            cluster.executors(),
            statements,
            config.kernel().memoryBytes() * POOL_READS_MEMORY_TIMES);
    Sessions sessions =
        parts.add(
            "sessions",
            new Sessions(
                new SessionDefaults(catalog),
                SessionDefaults.settings(cluster.clientConfiguration(), config.limits()),
                config.limits(),
                engines,
                transactions),
            Sessions::stop);
    sessions.start();
    return openDoors(config, new Behind(catalog, cluster, sessions, statements, allocator), parts);
  }

  /** What the doors lead to. */
  private record Behind(
      OrochiCatalog catalog,
      SessionCluster cluster,
      Sessions sessions,
      Statements statements,
      BufferAllocator allocator) {}

  private static ServerAddresses openDoors(ServerConfig config, Behind behind, Parts parts) {
    RestDoor rest =
        parts.add(
            "REST door",
            RestDoor.open(
                config.host(), config.ports().rest(), behind.sessions(), behind.statements()),
            RestDoor::close);
    FlightDoor flight =
        parts.add(
            "Flight door",
            FlightDoor.open(
                config.host(),
                config.ports().flight(),
                new FlightDoor.Behind(
                    behind.sessions(),
                    behind.statements(),
                    config.limits(),
                    behind.allocator(),
                    version())),
            FlightDoor::close);
    RestCatalogServer iceberg =
        parts.add(
            "catalog door",
            RestCatalogServer.start(
                behind.catalog().icebergCatalog(),
                authorizer(config.storage().catalogToken()),
                config.host(),
                config.ports().catalog()),
            RestCatalogServer::close);
    return new ServerAddresses(
        ProcessHandle.current().pid(),
        version(),
        rest.url(),
        flight.url(),
        behind.cluster().restUrl(),
        "http://%s:%d%s".formatted(config.host(), iceberg.port(), RestCatalogServer.PATH),
        Instant.now());
  }

  private static RestAuthorizer authorizer(String token) {
    return token.isEmpty() ? RestAuthorizer.OPEN : RestAuthorizer.bearing(token);
  }

  public ServerAddresses addresses() {
    return addresses;
  }

  /** Statements of all doors that have not finished. */
  int runningStatements() {
    return statements.running().size();
  }

  /** Blocks until {@link #close} has ended. */
  public void awaitShutdown() throws InterruptedException {
    closed.await();
  }

  /** Ends sessions, statements and jobs, in this order. Idempotent. */
  @Override
  public void close() {
    if (closing.compareAndSet(false, true)) {
      addresses.remove(folder);
      parts.close();
      closed.countDown();
      LOG.info("Orochi has stopped");
    }
  }

  private static void refuseSecond(DataFolder folder) {
    ServerAddresses.read(folder)
        .filter(OrochiServer::answers)
        .ifPresent(
            other -> {
              throw OrochiException.of(
                      OrochiErrorCode.SERVER_ALREADY_RUNNING,
                      "Cannot start a second server on data folder " + folder)
                  .withDetail("Process " + other.pid() + " serves it at " + other.flightUrl() + ".")
                  .withHint("Stop it with 'orochi stop', or choose another folder with --data.");
            });
  }

  /** A process id is given again: only a server listens where its file says. */
  private static boolean answers(ServerAddresses other) {
    URI rest = URI.create(other.restUrl());
    try (Socket probe = new Socket()) {
      probe.connect(new InetSocketAddress(rest.getHost(), rest.getPort()), PROBE_MILLIS);
      return true;
    } catch (IOException gone) {
      return false;
    }
  }

  private static Kernel openKernel(ServerConfig config, DataFolder folder) {
    KernelConfig limits =
        new KernelConfig(
            config.kernel().memoryBytes(),
            config.kernel().threads(),
            folder.temp().resolve("kernel"),
            config.kernel().tempBytes(),
            folder.cache(),
            allowedFolders(config, folder));
    return Kernel.open(limits, FlinkFunctions.all());
  }

  private static List<Path> allowedFolders(ServerConfig config, DataFolder folder) {
    return catalogConfig(config, folder)
        .localWarehouse()
        .map(warehouse -> List.of(warehouse, folder.warehouse()))
        .orElse(List.of(folder.warehouse()));
  }

  private static CatalogConfig catalogConfig(ServerConfig config, DataFolder folder) {
    CatalogConfig embedded = CatalogConfig.embedded(folder);
    return new CatalogConfig(
        SessionDefaults.CATALOG,
        or(config.storage().warehouse(), embedded.warehouse()),
        or(config.storage().metastore(), embedded.metastoreUri()),
        config.storage().properties());
  }

  private static String or(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }

  private static String version() {
    return Optional.ofNullable(OrochiServer.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
