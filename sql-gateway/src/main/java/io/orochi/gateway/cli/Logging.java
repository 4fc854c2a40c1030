package io.orochi.gateway.cli;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.logging.log4j.core.config.Configurator;

/** Where the logs of this process go. */
final class Logging {
  private static final String HOME = "orochi.home";
  private static final String FOLDER = "orochi.log.folder";

  private Logging() {}

  /**
   * From here on the process logs to {@code server.log} in a folder, as {@code
   * conf/log4j2-server.xml} of the installation says. Without an installation nothing changes.
   */
  static void toFolder(Path logs) {
    String home = System.getProperty(HOME);
    System.setProperty(FOLDER, logs.toString());
    if (home != null) {
      Path file = Path.of(home, "conf", "log4j2-server.xml");
      if (Files.isRegularFile(file)) {
        URI location = file.toUri();
        Configurator.reconfigure(location);
      }
    }
  }
}
