package io.orochi.gateway.plan.sql;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/**
 * Walks over what the parser has read. Calcite's own walk fails where a list has an absent part.
 */
public abstract class ParsedVisitor extends SqlBasicVisitor<Void> {
  @Override
  public Void visit(SqlNodeList list) {
    for (SqlNode node : list) {
      if (node != null) {
        node.accept(this);
      }
    }
    return null;
  }
}
