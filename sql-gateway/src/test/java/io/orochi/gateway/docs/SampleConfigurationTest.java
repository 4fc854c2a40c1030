package io.orochi.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.gateway.config.ServerConfig;
import io.orochi.gateway.config.ServerOption;
import io.orochi.gateway.config.ServerOptions;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleConfigurationTest {
  private static final int WIDTH = 90;

  @Test
  void documentsEveryKey() throws Exception {
    new GeneratedFile("deploy/conf/orochi.yaml").isUpToDateWith(sample());
  }

  @Test
  void changesNothingAsItIs() {
    ServerConfig sample = ServerConfig.load(Path.of("../deploy/conf/orochi.yaml"), Map.of());
    assertThat(sample).isEqualTo(ServerConfig.of(Map.of()));
  }

  private static String sample() {
    StringBuilder text = new StringBuilder();
    text.append(
        "# Sample configuration of `orochi server --config FILE`: every key, its range and\n");
    text.append(
        "# its default. Remove the # before a key to change it. Generated from the code.\n");
    for (ServerOption option : ServerOptions.all()) {
      text.append('\n');
      wrap(text, option.description());
      String type = option.type().name().toLowerCase(Locale.ROOT);
      wrap(text, "Type: " + type + "; accepted: " + option.range() + ".");
      boolean computed = option.defaultValue().startsWith("[");
      if (computed) {
        wrap(text, "Default: " + option.defaultValue().replaceAll("^\\[|]$", "") + ".");
      }
      text.append('#').append(option.key()).append(':');
      text.append(computed ? "" : " " + option.defaultValue()).append('\n');
    }
    text.append("\n# Keys below these prefixes are passed on as they are, without the prefix:\n");
    text.append("# to the Iceberg catalog, for example how S3 encrypts\n");
    text.append("#catalog.s3.sse.type: s3\n");
    text.append("# and to the Flink session cluster.\n");
    text.append("#flink.option.execution.checkpointing.interval: 10 s\n");
    return text.toString();
  }

  private static void wrap(StringBuilder text, String sentence) {
    StringBuilder line = new StringBuilder("#");
    for (String word : sentence.split(" ")) {
      if (line.length() + word.length() + 1 > WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder("#");
      }
      line.append(' ').append(word);
    }
    text.append(line).append('\n');
  }
}
