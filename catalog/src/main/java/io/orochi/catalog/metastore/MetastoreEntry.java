package io.orochi.catalog.metastore;

/** One stored value. */
public record MetastoreEntry(MetastoreKey key, String value) {}
