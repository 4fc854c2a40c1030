package io.orochi.gateway.plan.rex.value;

/** The row an expression reads. */
@FunctionalInterface
public interface Inputs {
  /** The kernel's SQL of field {@code index}, with exactly the type the field has. */
  String column(int index);

  /** For expressions that read nothing. */
  static Inputs none() {
    return index -> {
      throw new IllegalStateException("no input field " + index);
    };
  }
}
