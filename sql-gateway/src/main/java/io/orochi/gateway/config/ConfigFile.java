package io.orochi.gateway.config;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.YamlParserUtils;

/** The text of a configuration file: YAML as Flink's own, flat {@code key: value} or nested. */
final class ConfigFile {
  private ConfigFile() {}

  static Map<String, String> read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw OrochiException.of(
              OrochiErrorCode.CONFIG_FILE_INVALID, "Cannot read the configuration file: " + file)
          .withDetail("There is no such file.")
          .withHint("Give the path of a file of 'key: value' lines, or leave out --config.");
    }
    Map<String, String> values = new LinkedHashMap<>();
    try {
      flatten("", YamlParserUtils.loadYamlFile(file.toFile()), values);
    } catch (Exception failure) {
      throw OrochiException.of(
              OrochiErrorCode.CONFIG_FILE_INVALID, "Cannot read the configuration file: " + file)
          .withDetail(String.valueOf(failure.getMessage()))
          .withHint("Write one 'key: value' a line; quote values that hold ': ' or '#'.")
          .causedBy(failure);
    }
    return values;
  }

  private static void flatten(String prefix, Map<?, ?> map, Map<String, String> into) {
    map.forEach(
        (name, value) -> {
          String key = prefix + name;
          if (value instanceof Map<?, ?> nested) {
            flatten(key + ".", nested, into);
          } else if (value instanceof List<?> list) {
            into.put(key, String.join(";", list.stream().map(String::valueOf).toList()));
          } else if (value != null) {
            into.put(key, String.valueOf(value));
          }
        });
  }
}
