package io.orochi.connectors.file.format;

/** A value that its column cannot hold; thrown and caught inside this package. */
final class InvalidValue extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String column;

  InvalidValue(String column, String reason) {
    super(reason, null, false, false);
    this.column = column;
  }

  String column() {
    return column;
  }
}
