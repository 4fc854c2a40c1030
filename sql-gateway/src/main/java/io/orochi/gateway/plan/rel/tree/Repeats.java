package io.orochi.gateway.plan.rel.tree;

import io.orochi.gateway.plan.cache.Stability;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlExplainLevel;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.flink.table.planner.plan.schema.TableSourceTable;

/**
 * The groupings a query computes more than once, as a view or a WITH that is named twice makes it
 * do. Each is worth computing once, unless a condition above it picks among its groups: then every
 * place may read less than all of them.
 */
public final class Repeats {
  public static final Repeats NONE = new Repeats();

  /** Begins the text of a grouping that is to be written where it stands. */
  private static final String PICKED = "picked ";

  /** How a value of an outer row is written. */
  private static final String OUTER_ROW = "$cor";

  private final Map<Aggregate, String> texts = new IdentityHashMap<>();
  private final Set<String> shared = new HashSet<>();

  private Repeats() {}

  /** Those of a whole query, sub-queries included. */
  public static Repeats in(RelNode root) {
    Repeats repeats = new Repeats();
    repeats.note(root, ImmutableBitSet.of());
    if (repeats.texts.size() > 1) {
      repeats.texts.replaceAll((aggregate, picks) -> picks + textOf(aggregate));
      repeats.count(root, repeats.several(), new HashSet<>());
    }
    return repeats;
  }

  /** What all places of a grouping that is computed once have in common; empty for other nodes. */
  public Optional<String> keyOf(RelNode node) {
    return node instanceof Aggregate aggregate
        ? Optional.ofNullable(texts.get(aggregate)).filter(shared::contains)
        : Optional.empty();
  }

  private void note(RelNode node, ImmutableBitSet conditioned) {
    if (node instanceof Aggregate aggregate) {
      boolean picks = conditioned.intersects(ImmutableBitSet.range(aggregate.getGroupCount()));
      texts.put(aggregate, picks ? PICKED : "");
    }
    subqueries(node).forEach(inner -> note(inner, ImmutableBitSet.of()));
    for (int i = 0; i < node.getInputs().size(); i++) {
      note(node.getInput(i), Conditioned.below(node, i, conditioned));
    }
  }

  private Set<String> several() {
    Map<String, Integer> counts = new HashMap<>();
    texts.forEach(
        (aggregate, text) -> {
          if (isTheSameEachTime(aggregate)) {
            counts.merge(text, 1, Integer::sum);
          }
        });
    return counts.keySet().stream()
        .filter(text -> counts.get(text) > 1 && !counts.containsKey(PICKED + text))
        .filter(text -> !text.startsWith(PICKED) && !text.contains(OUTER_ROW))
        .collect(Collectors.toSet());
  }

  private static boolean isTheSameEachTime(Aggregate aggregate) {
    Stability stability = Stability.of(aggregate);
    return stability == Stability.ALWAYS || stability == Stability.TREE_ONLY;
  }

  /** Trees that read the same tables in the same way have the same text. */
  private static String textOf(RelNode tree) {
    StringBuilder text =
        new StringBuilder(RelOptUtil.toString(tree, SqlExplainLevel.DIGEST_ATTRIBUTES));
    appendOptions(tree, text);
    return text.toString();
  }

  /** A table read with other options, or as of another time, has the same name. */
  private static void appendOptions(RelNode node, StringBuilder text) {
    if (node instanceof TableScan scan) {
      TableSourceTable table = scan.getTable().unwrap(TableSourceTable.class);
      text.append(
          table == null
              ? scan.getId()
              : new TreeMap<>(table.contextResolvedTable().getResolvedTable().getOptions()));
    }
    subqueries(node).forEach(inner -> appendOptions(inner, text));
    node.getInputs().forEach(input -> appendOptions(input, text));
  }

  /** What is inside a shared grouping is written once, however often that is read. */
  private void count(RelNode node, Set<String> several, Set<String> seen) {
    String text = node instanceof Aggregate aggregate ? texts.get(aggregate) : null;
    if (text != null && several.contains(text) && !seen.add(text)) {
      shared.add(text);
      return;
    }
    subqueries(node).forEach(inner -> count(inner, several, seen));
    node.getInputs().forEach(input -> count(input, several, seen));
  }

  private static List<RelNode> subqueries(RelNode node) {
    List<RelNode> found = new ArrayList<>();
    node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitSubQuery(RexSubQuery subQuery) {
            found.add(subQuery.rel);
            return super.visitSubQuery(subQuery);
          }
        });
    return found;
  }
}
