package io.orochi.gateway.cli.sql;

/**
 * A table or view in a listing.
 *
 * @param kind as the server names it, for example TABLE or VIEW
 */
public record TableName(String database, String name, String kind) {}
