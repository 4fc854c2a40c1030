package io.orochi.sqlfile;

import java.util.List;
import java.util.Set;

/**
 * One case of a {@code .test} file.
 *
 * @param name a sentence
 * @param reason why the case exists, empty if the name says it
 * @param line where it begins in its file, from 1
 * @param statement without a semicolon
 * @param refusing the engines that must fail, so that the automatic choice must find the other one
 * @param expected what every other engine must give
 */
record SqlCase(
    String name,
    String reason,
    int line,
    String statement,
    Set<Engine> refusing,
    Expected expected) {

  SqlCase {
    refusing = Set.copyOf(refusing);
  }

  /** The engines a statement can be sent to, by the value of their setting. */
  enum Engine {
    KERNEL,
    FLINK,
    AUTO
  }

  /** What a statement must give. */
  sealed interface Expected {
    /** Rows of cells, in order. */
    record Rows(List<List<String>> rows) implements Expected {}

    /** Rows of cells, in any order. */
    record Bag(List<List<String>> rows) implements Expected {}

    /** A failure whose message holds each of these texts. */
    record Failure(List<String> texts) implements Expected {}
  }
}
