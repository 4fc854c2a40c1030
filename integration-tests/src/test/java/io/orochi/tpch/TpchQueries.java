package io.orochi.tpch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The 22 queries with the validation parameters of the TPC-H specification, in Flink's dialect. */
public final class TpchQueries {
  public static final int COUNT = 22;

  private TpchQueries() {}

  /**
   * @param number 1 to {@link #COUNT}
   */
  public static String query(int number) {
    String resource = "/tpch/q%02d.sql".formatted(number);
    try (InputStream text = TpchQueries.class.getResourceAsStream(resource)) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
