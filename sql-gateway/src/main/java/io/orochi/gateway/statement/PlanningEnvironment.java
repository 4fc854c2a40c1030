package io.orochi.gateway.statement;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.metadata.JaninoRelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQueryBase;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.planner.operations.PlannerQueryOperation;
import org.apache.flink.table.planner.plan.metadata.FlinkDefaultRelMetadataProvider;

/**
 * The table environment of one session, kept between statements because making one costs as much as
 * a small query. Flink's planner takes one thread at a time, and so does this.
 */
public final class PlanningEnvironment {
  private static final int MOST_REMEMBERED = 256;
  private static final JaninoRelMetadataProvider METADATA =
      JaninoRelMetadataProvider.of(FlinkDefaultRelMetadataProvider.INSTANCE());

  private final ReentrantLock planning = new ReentrantLock();
  private final Map<String, ParsedStatement> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ParsedStatement> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };
  private TableEnvironmentInternal environment;

  <T> T with(Supplier<TableEnvironmentInternal> create, Function<TableEnvironmentInternal, T> use) {
    planning.lock();
    try {
      if (environment == null) {
        environment = create.get();
      }
      // A planner expects this on its thread, and a session's statements come on many threads.
      RelMetadataQueryBase.THREAD_PROVIDERS.set(METADATA);
      return use.apply(environment);
    } finally {
      planning.unlock();
    }
  }

  /** Runs something that changes the session, after which the next statement starts anew. */
  <T> T changing(Supplier<T> change) {
    planning.lock();
    try {
      return change.get();
    } finally {
      environment = null;
      remembered.clear();
      planning.unlock();
    }
  }

  /** A statement of the same text that nothing outside the session can have changed. */
  Optional<ParsedStatement> recall(String sql) {
    planning.lock();
    try {
      return Optional.ofNullable(remembered.get(sql));
    } finally {
      planning.unlock();
    }
  }

  /** Only queries that read no table: another session may change a table at any time. */
  void remember(ParsedStatement parsed) {
    if (parsed.operation() instanceof PlannerQueryOperation query
        && readsNoTable(query.getCalciteTree())) {
      planning.lock();
      try {
        remembered.put(parsed.sql(), parsed);
      } finally {
        planning.unlock();
      }
    }
  }

  private static boolean readsNoTable(RelNode tree) {
    // Tables inside expressions are in sub-queries, which are not looked into.
    boolean[] plain = {true};
    RexShuttle expressions =
        new RexShuttle() {
          @Override
          public RexNode visitSubQuery(RexSubQuery subQuery) {
            plain[0] = false;
            return subQuery;
          }
        };
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, RelNode parent) {
        plain[0] &= !(node instanceof TableScan);
        node.accept(expressions);
        super.visit(node, ordinal, parent);
      }
    }.go(tree);
    return plain[0];
  }
}
