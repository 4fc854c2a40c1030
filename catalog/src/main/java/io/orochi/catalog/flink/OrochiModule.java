package io.orochi.catalog.flink;

import java.util.Optional;
import java.util.Set;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.module.Module;

/** Orochi's functions, callable unqualified in every session that loads the module. */
public final class OrochiModule implements Module {
  /** The name under which sessions load it. */
  public static final String NAME = "orochi";

  @Override
  public Set<String> listFunctions() {
    return Set.of();
  }

  @Override
  public Optional<FunctionDefinition> getFunctionDefinition(String name) {
    return Optional.empty();
  }
}
