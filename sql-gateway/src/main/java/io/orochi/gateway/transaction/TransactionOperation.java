package io.orochi.gateway.transaction;

import org.apache.flink.table.operations.Operation;

/** A command about a transaction, where Flink expects one of its operations. */
public record TransactionOperation(TransactionCommand command) implements Operation {
  @Override
  public String asSummaryString() {
    return command.toString();
  }
}
