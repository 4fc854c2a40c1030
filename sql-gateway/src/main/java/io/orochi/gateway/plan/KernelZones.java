package io.orochi.gateway.plan;

import io.orochi.gateway.plan.sql.CannotExpress;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Time zones under the names the kernel knows, which are those of the time zone database. */
public final class KernelZones {
  private static final int SECONDS_PER_HOUR = 3600;

  private KernelZones() {}

  /**
   * @throws CannotExpress for an offset that is not of whole hours
   */
  public static ZoneId of(ZoneId zone) {
    if (!(zone.normalized() instanceof ZoneOffset offset)) {
      return zone;
    }
    int seconds = offset.getTotalSeconds();
    if (seconds == 0) {
      return ZoneId.of("UTC");
    }
    if (seconds % SECONDS_PER_HOUR != 0) {
      throw new CannotExpress("the time zone " + zone);
    }
    int hours = seconds / SECONDS_PER_HOUR;
    // POSIX counts west as positive
    return ZoneId.of("Etc/GMT" + (hours > 0 ? "-" + hours : "+" + -hours));
  }
}
