package io.orochi.gateway.plan.scan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.flink.table.catalog.ContextResolvedTable;
import org.apache.flink.table.planner.plan.schema.TableSourceTable;

/** The tables of a relational tree, those in sub-queries included. */
public final class NamedTables {
  private NamedTables() {}

  /** Each state of each table once, in the order of the tree. */
  public static List<ContextResolvedTable> of(RelNode tree) {
    Map<List<Object>, ContextResolvedTable> found = new LinkedHashMap<>();
    new Finder(found).go(tree);
    return new ArrayList<>(found.values());
  }

  private static final class Finder extends RelVisitor {
    private final Map<List<Object>, ContextResolvedTable> found;
    private final RexShuttle expressions =
        new RexShuttle() {
          @Override
          public RexNode visitSubQuery(RexSubQuery query) {
            new Finder(found).go(query.rel);
            return super.visitSubQuery(query);
          }
        };

    Finder(Map<List<Object>, ContextResolvedTable> found) {
      this.found = found;
    }

    @Override
    public void visit(RelNode node, int ordinal, RelNode parent) {
      if (node instanceof TableScan scan) {
        TableSourceTable table = scan.getTable().unwrap(TableSourceTable.class);
        if (table != null) {
          ContextResolvedTable named = table.contextResolvedTable();
          // hints and FOR SYSTEM_TIME AS OF are among the options
          found.putIfAbsent(
              List.of(scan.getTable().getQualifiedName(), named.getResolvedTable().getOptions()),
              named);
        }
      } else {
        node.accept(expressions);
      }
      super.visit(node, ordinal, parent);
    }
  }
}
