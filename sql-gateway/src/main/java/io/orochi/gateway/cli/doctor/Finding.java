package io.orochi.gateway.cli.doctor;

/** What one check found. */
public sealed interface Finding {
  /** The line after the name of the check. */
  String text();

  /**
   * @param text what was found
   */
  record Fine(String text) implements Finding {}

  /**
   * @param text what was found
   * @param advice what to do
   */
  record Trouble(String text, String advice) implements Finding {}
}
