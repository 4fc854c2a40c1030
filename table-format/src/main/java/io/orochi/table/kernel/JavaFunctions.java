package io.orochi.table.kernel;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBScalarFunctionBuilder;

/** Makes functions written in Java known to an instance. */
final class JavaFunctions {
  private JavaFunctions() {}

  static void register(Connection connection, List<KernelFunction> functions) throws SQLException {
    for (KernelFunction function : functions) {
      register(connection, function);
    }
  }

  private static void register(Connection connection, KernelFunction function) throws SQLException {
    try (DuckDBScalarFunctionBuilder builder = DuckDBFunctions.scalarFunction()) {
      builder.withName(function.name()).withReturnType(function.result());
      BiFunction<String, String, ?> body = function.body();
      if (function.operands() == 1) {
        Function<String, Object> unary = text -> call(function.name(), body, text, "");
        builder.withParameters(String.class).withFunction(unary);
      } else {
        BiFunction<String, String, Object> binary =
            (text, rest) -> call(function.name(), body, text, rest);
        builder.withParameters(String.class, String.class).withFunction(binary);
      }
      builder.register(connection);
    }
  }

  /**
   * The kernel leaves out NULL only where a whole vector is. A failure's own message may hold any
   * text, which would be taken for the kernel's.
   */
  private static Object call(
      String name, BiFunction<String, String, ?> body, String text, String rest) {
    try {
      return text == null || rest == null ? null : body.apply(text, rest);
    } catch (RuntimeException | StackOverflowError failure) {
      throw new IllegalArgumentException(
          name + " has no value for a text: " + failure.getClass().getSimpleName());
    }
  }
}
