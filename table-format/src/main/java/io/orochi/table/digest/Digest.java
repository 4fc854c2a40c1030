package io.orochi.table.digest;

/** The xxh3-128 digest of a file's bytes, with their number. */
public record Digest(long high, long low, long length) {}
