package io.orochi.connectors.element;

/**
 * A record that could not be read as a row.
 *
 * @param file its absolute path
 * @param line the line it begins at, from 1; in a Parquet file the row's number
 * @param column the column at fault, or an empty text
 * @param raw the record as it stands in the file, as far as it can be told
 */
public record RejectedRecord(String file, long line, String column, String raw, String reason) {}
