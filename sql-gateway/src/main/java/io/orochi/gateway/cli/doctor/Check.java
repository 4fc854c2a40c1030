package io.orochi.gateway.cli.doctor;

/** One thing that must be right before a server can run well. */
public interface Check {
  /** One or two words. */
  String name();

  /** Looks and leaves everything as it was. An exception is trouble too. */
  Finding look() throws Exception;
}
