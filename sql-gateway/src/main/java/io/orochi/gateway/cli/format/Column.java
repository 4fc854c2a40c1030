package io.orochi.gateway.cli.format;

/**
 * A column of a result as far as printing goes.
 *
 * @param numeric whether values stand to the right in a table
 */
public record Column(String name, boolean numeric) {}
