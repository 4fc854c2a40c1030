package io.orochi.gateway.statement;

import org.apache.flink.table.operations.Operation;

/** A statement Flink's parser has understood, in the environment that will run it. */
public record ParsedStatement(String sql, Operation operation, StatementKind kind) {}
