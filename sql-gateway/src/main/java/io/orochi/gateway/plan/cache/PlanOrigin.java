package io.orochi.gateway.plan.cache;

/** How much of a plan was there before the query. */
public enum PlanOrigin {
  /** Nothing. */
  NEW("new"),
  /** What the parser made; the kernel's SQL was written and files were chosen for this query. */
  TREE_CACHED("tree cached"),
  /** All of it. */
  CACHED("cached");

  private final String text;

  PlanOrigin(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
