package io.orochi.hostile;

import java.util.List;
import java.util.Set;

/**
 * A statement made to hurt.
 *
 * @param answer what its first column's first value may be; empty if it must fail
 * @param codes the errors it may end with; empty if it must be answered
 */
record HostileQuery(String name, String sql, List<String> answer, Set<Integer> codes) {
  static final int INVALID = 7002;
  static final int TOO_LONG = 7004;
  static final int JOB_FAILED = 7008;
  static final int TOO_LARGE = 7014;
  static final int SYNTAX = 7001;
  static final int OUT_OF_MEMORY = 1401;
  static final int OUT_OF_RANGE = 1404;

  static HostileQuery answered(String name, String answer, String sql) {
    return new HostileQuery(name, sql, List.of(answer), Set.of());
  }

  static HostileQuery refused(String name, int code, String sql) {
    return new HostileQuery(name, sql, List.of(), Set.of(code));
  }

  /** An answer if the machine is quick or roomy enough, else one of these errors. */
  static HostileQuery either(String name, String answer, Set<Integer> codes, String sql) {
    return new HostileQuery(name, sql, List.of(answer), codes);
  }

  @Override
  public String toString() {
    return name;
  }
}
