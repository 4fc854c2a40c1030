package io.orochi.gateway.plan.rel.tree;

import java.util.List;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.util.ImmutableBitSet;

/** What expressions refer to. */
public final class References {
  private References() {}

  public static ImmutableBitSet of(RexNode node) {
    return of(List.of(node));
  }

  public static ImmutableBitSet of(List<? extends RexNode> nodes) {
    ImmutableBitSet.Builder bits = ImmutableBitSet.builder();
    RexVisitorImpl<Void> visitor =
        new RexVisitorImpl<>(true) {
          @Override
          public Void visitInputRef(RexInputRef reference) {
            bits.set(reference.getIndex());
            return null;
          }
        };
    nodes.forEach(node -> node.accept(visitor));
    return bits.build();
  }

  /** How often each of {@code fields} is referred to. */
  public static int[] counts(List<? extends RexNode> nodes, int fields) {
    int[] counts = new int[fields];
    RexVisitorImpl<Void> visitor =
        new RexVisitorImpl<>(true) {
          @Override
          public Void visitInputRef(RexInputRef reference) {
            counts[reference.getIndex()]++;
            return null;
          }
        };
    nodes.forEach(node -> node.accept(visitor));
    return counts;
  }

  public static boolean hasWindow(List<? extends RexNode> nodes) {
    return RexOver.containsOver(nodes, null);
  }

  public static boolean hasSubquery(RexNode node) {
    boolean[] found = new boolean[1];
    node.accept(
        new RexVisitorImpl<Void>(true) {
          @Override
          public Void visitSubQuery(RexSubQuery subquery) {
            found[0] = true;
            return null;
          }
        });
    return found[0];
  }
}
