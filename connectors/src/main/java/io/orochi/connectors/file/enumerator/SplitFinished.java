package io.orochi.connectors.file.enumerator;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A reader tells that it has emitted a split's last record.
 *
 * @param ordinal the number of the split's records
 */
public record SplitFinished(String splitId, long ordinal) implements SourceEvent {}
