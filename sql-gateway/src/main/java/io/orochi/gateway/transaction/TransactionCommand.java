package io.orochi.gateway.transaction;

import io.orochi.catalog.transaction.TransactionIsolation;

/** What a client says about its transaction. */
public sealed interface TransactionCommand {
  record Begin(TransactionIsolation isolation) implements TransactionCommand {}

  record Commit() implements TransactionCommand {}

  record Rollback() implements TransactionCommand {}
}
