package io.orochi.catalog.flink.functions;

import org.apache.flink.table.functions.FunctionDefinition;

/**
 * One SQL function, described.
 *
 * @param name lower case
 * @param signature with argument names
 * @param description one or two sentences
 * @param example a whole statement
 * @param definition has no state and may be shared
 */
public record FunctionSpec(
    String name,
    String signature,
    String description,
    String example,
    FunctionDefinition definition) {}
