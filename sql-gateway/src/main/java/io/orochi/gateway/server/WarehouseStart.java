package io.orochi.gateway.server;

import io.orochi.catalog.storage.S3Options;
import io.orochi.catalog.storage.StorageProbe;
import io.orochi.gateway.config.ServerConfig.Storage;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at a warehouse on S3 before a server starts on it. */
final class WarehouseStart {
  private static final Logger LOG = LoggerFactory.getLogger(WarehouseStart.class);

  private WarehouseStart() {}

  /**
   * A store that is down may come back, so the server starts without it; a mistake in the
   * configuration stays one.
   *
   * @throws OrochiException STORAGE_ACCESS_DENIED, BUCKET_NOT_FOUND
   */
  static void check(Storage storage, Clock clock) {
    if (!S3Options.isS3(storage.warehouse())) {
      return;
    }
    try (StorageProbe probe = new StorageProbe(storage.warehouse(), storage.properties(), clock)) {
      probe.reach();
    } catch (OrochiException failure) {
      if (failure.code() != OrochiErrorCode.STORAGE_UNAVAILABLE) {
        throw failure;
      }
      LOG.warn("The server starts without its warehouse: {}", failure.getMessage());
    }
  }
}
