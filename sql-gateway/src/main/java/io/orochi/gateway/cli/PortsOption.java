package io.orochi.gateway.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Ports on the command line, as configuration keys: {@code auto} or {@code rest=8083,flight=8815}.
 *
 * @param values configuration key to port
 */
record PortsOption(Map<String, String> values) {
  private static final List<String> DOORS = List.of("rest", "flight", "flink", "catalog");
  private static final int PORTS_END = 65_536;

  /** A free port for every door. */
  static PortsOption auto() {
    Map<String, String> values = new LinkedHashMap<>();
    DOORS.forEach(door -> values.put(door + ".port", "auto"));
    return new PortsOption(values);
  }

  static final class Converter implements ITypeConverter<PortsOption> {
    @Override
    public PortsOption convert(String text) {
      if (text.equals("auto")) {
        return auto();
      }
      Map<String, String> values = new LinkedHashMap<>();
      for (String part : text.split(",")) {
        String[] pair = part.strip().split("=", 2);
        if (pair.length < 2 || !DOORS.contains(pair[0]) || !isPort(pair[1])) {
          throw new TypeConversionException(
              "'" + text + "' is neither auto nor a list such as rest=8083,flight=8815,flink=8081");
        }
        values.put(pair[0] + ".port", pair[1]);
      }
      return new PortsOption(values);
    }

    private static boolean isPort(String text) {
      return text.equals("auto")
          || (text.matches("[0-9]{1,5}") && Integer.parseInt(text) < PORTS_END);
    }
  }
}
