package io.orochi.gateway.change.merge;

import java.util.List;

/** A MERGE as it was written. */
record MergeStatement(Fragment target, Fragment source, Fragment on, List<MergeClause> clauses) {
  MergeStatement {
    clauses = List.copyOf(clauses);
  }

  boolean has(MergeClause.Case when) {
    return clauses.stream().anyMatch(clause -> clause.when() == when);
  }
}
