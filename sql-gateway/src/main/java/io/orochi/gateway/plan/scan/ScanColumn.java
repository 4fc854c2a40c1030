package io.orochi.gateway.plan.scan;

import org.apache.iceberg.types.Type;

/** A column of a scan that reaches an expression unchanged. */
public record ScanColumn(Scan scan, String name, Type type) {}
