package io.orochi.catalog.flink;

import io.orochi.catalog.flink.functions.Functions;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.module.Module;

/** Orochi's functions, callable unqualified in every session that loads the module. */
public final class OrochiModule implements Module {
  /** The name under which sessions load it. */
  public static final String NAME = "orochi";

  private final Map<String, FunctionDefinition> functions = Functions.definitions();

  @Override
  public Set<String> listFunctions() {
    return functions.keySet();
  }

  @Override
  public Optional<FunctionDefinition> getFunctionDefinition(String name) {
    return Optional.ofNullable(functions.get(name.toLowerCase(Locale.ROOT)));
  }
}
