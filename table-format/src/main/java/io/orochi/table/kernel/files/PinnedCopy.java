package io.orochi.table.kernel.files;

/**
 * A pin of one lease on a copy.
 *
 * @param location of the original
 * @param fetched whether this pin waited for the copy to be made
 */
record PinnedCopy(String location, CachedFile copy, boolean fetched) {}
