package io.orochi.gateway.plan.rex;

/** Writes calls of one operator. */
@FunctionalInterface
interface CallRule {
  /**
   * The SQL, safe as an operand without more parentheses, with exactly the kernel's type of the
   * call.
   *
   * @throws io.orochi.gateway.plan.sql.CannotExpress if the kernel would answer differently
   */
  String write(Call call);
}
