package io.orochi.gateway.plan.rel;

import io.orochi.gateway.plan.scan.ScanColumn;

/**
 * A column of a SELECT under construction.
 *
 * @param simple the text is a name: repeating it costs nothing
 * @param window the text holds a window function, which WHERE and other windows cannot
 * @param origin the scan column that comes through unchanged; null if computed, or if its rows
 *     matter also when a condition on it fails
 */
record Column(String sql, String name, boolean simple, boolean window, ScanColumn origin) {
  static Column named(String sql, String name, ScanColumn origin) {
    return new Column(sql, name, true, false, origin);
  }

  Column withoutOrigin() {
    return new Column(sql, name, simple, window, null);
  }

  Column from(ScanColumn newOrigin) {
    return new Column(sql, name, simple, window, newOrigin);
  }

  Column called(String newName) {
    return new Column(sql, newName, simple, window, origin);
  }
}
