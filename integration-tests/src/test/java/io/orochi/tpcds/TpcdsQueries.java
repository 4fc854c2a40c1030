package io.orochi.tpcds;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The 99 queries of the TPC-DS specification, four of which are pairs, with parameters that hold
 * for its smallest scale, in Flink's dialect. Averages of integers are taken of DOUBLEs: in Flink
 * they are integers.
 */
final class TpcdsQueries {
  private static final Set<Integer> PAIRS = Set.of(14, 23, 24, 39);

  private TpcdsQueries() {}

  /** {@code 01} to {@code 99}, the pairs as {@code 14a} and {@code 14b}, sorted. */
  static List<String> names() {
    return List.copyOf(
        new TreeSet<>(
            IntStream.rangeClosed(1, 99)
                .boxed()
                .flatMap(
                    number ->
                        PAIRS.contains(number)
                            ? Stream.of(number + "a", number + "b")
                            : Stream.of("%02d".formatted(number)))
                .toList()));
  }

  static String query(String name) {
    try (InputStream text = TpcdsQueries.class.getResourceAsStream("/tpcds/q" + name + ".sql")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
