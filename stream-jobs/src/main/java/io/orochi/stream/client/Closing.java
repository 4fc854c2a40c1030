package io.orochi.stream.client;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what can no longer matter. */
final class Closing {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private Closing() {}

  /**
   * @param reason the failure that led here, or null
   */
  static void quietly(AutoCloseable resource, Throwable reason) {
    try {
      resource.close();
    } catch (IOException | RuntimeException e) {
      note(e, reason);
    } catch (Exception e) {
      note(e, reason);
    }
  }

  private static void note(Exception failure, Throwable reason) {
    if (reason != null) {
      reason.addSuppressed(failure);
    } else {
      LOG.debug("Cannot close", failure);
    }
  }
}
