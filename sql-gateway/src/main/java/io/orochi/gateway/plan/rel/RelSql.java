package io.orochi.gateway.plan.rel;

import io.orochi.gateway.plan.narrow.KeyValues;
import io.orochi.gateway.plan.narrow.Narrowing;
import io.orochi.gateway.plan.rel.tree.FirstOfEach;
import io.orochi.gateway.plan.rel.tree.Names;
import io.orochi.gateway.plan.rel.tree.Repeats;
import io.orochi.gateway.plan.rex.RexSql;
import io.orochi.gateway.plan.rex.value.Overflow;
import io.orochi.gateway.plan.rex.value.RexContext;
import io.orochi.gateway.plan.rex.value.Subqueries;
import io.orochi.gateway.plan.scan.Pruning;
import io.orochi.gateway.plan.scan.Relations;
import io.orochi.gateway.plan.scan.Scan;
import io.orochi.gateway.plan.scan.ScanColumn;
import io.orochi.gateway.plan.scan.ScanFiles;
import io.orochi.gateway.plan.sql.CannotExpress;
import io.orochi.gateway.plan.sql.SqlTemplate;
import io.orochi.gateway.plan.sql.SqlText;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Snapshot;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.hint.Hintable;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Writes a relational tree in the kernel's SQL. One instance per statement, one thread; what it
 * read is in {@link #scans} afterwards.
 */
public final class RelSql implements Subqueries {
  /** Deeper trees are refused: text is copied once per level. */
  private static final int DEEPEST = 200;

  private final Names names = new Names();
  private final List<Scan> scans = new ArrayList<>();
  private final Map<String, Block> correlated = new HashMap<>();
  private final Relations relations;
  private final ZoneId timeZone;
  private final RexSql rex;
  private final Pruning pruning;
  private final ScanFiles files;
  private final List<Narrowing> narrowings = new ArrayList<>();
  private final List<JoinKey> joinKeys = new ArrayList<>();
  private final Map<String, SharedRows> shared = new LinkedHashMap<>();
  private final Map<Project, FirstOfEach> firsts = new IdentityHashMap<>();
  private Repeats repeats = Repeats.NONE;
  private int depth;

  /** Rows that several places of the query read. */
  private record SharedRows(String name, Block rows) {}

  /** Rows of one scan that count only if a column equals one of another scan. */
  private record JoinKey(ScanColumn from, ScanColumn to) {}

  /**
   * @param files answers from metadata are given where it tells them
   */
  public RelSql(Relations relations, ZoneId timeZone, Instant now, ScanFiles files) {
    this.relations = relations;
    this.files = files;
    this.timeZone = timeZone;
    this.rex = new RexSql(new RexContext(timeZone, now, this, Overflow.FAILS));
    this.pruning = new Pruning(timeZone, now);
  }

  /**
   * The SELECT of a whole query, with {@link SqlTemplate#hole}s for {@link #scans}.
   *
   * @throws CannotExpress if the kernel would not give Flink's answer
   */
  public String query(RelNode root) {
    repeats = Repeats.in(root);
    String select = RootSelect.write(block(root, all(root)), root.getRowType());
    if (shared.isEmpty()) {
      return select;
    }
    return shared.values().stream()
        .map(relation -> relation.name() + " AS MATERIALIZED (" + relation.rows().select() + ")")
        .collect(Collectors.joining(",\n", "WITH ", "\n" + select));
  }

  public List<Scan> scans() {
    return List.copyOf(scans);
  }

  @Override
  public String select(RelNode relation) {
    return block(relation, all(relation)).select();
  }

  @Override
  public String selectRows(RelNode relation) {
    return block(relation, ImmutableBitSet.of()).select();
  }

  @Override
  public String correlated(String variable, int index) {
    Block row = correlated.get(variable);
    if (row == null) {
      throw new CannotExpress("the outer row " + variable);
    }
    return row.column(index).sql();
  }

  /**
   * @param needed the columns that anything above refers to
   */
  Block block(RelNode node, ImmutableBitSet needed) {
    depth++;
    if (depth > DEEPEST) {
      throw new CannotExpress("a query nested more than " + DEEPEST + " levels");
    }
    try {
      requireNoHints(node);
      Optional<String> repeated = repeats.keyOf(node);
      return repeated.isPresent() ? shared(repeated.get(), node) : dispatch(node, needed);
    } finally {
      depth--;
    }
  }

  /** Written once, with all its columns, and read by name. */
  private Block shared(String key, RelNode node) {
    SharedRows rows = shared.get(key);
    if (rows == null) {
      Block block = dispatch(node, all(node));
      rows = new SharedRows(names.nextRelation(), block);
      shared.put(key, rows);
    }
    return rows.rows().read(rows.name(), names.nextRelation());
  }

  private Block dispatch(RelNode node, ImmutableBitSet needed) {
    if (node instanceof Project project) {
      return Projects.write(project, needed, this);
    }
    if (node instanceof Filter filter) {
      return Filters.write(filter, needed, this);
    }
    if (node instanceof Aggregate aggregate) {
      return Aggregates.write(aggregate, needed, this);
    }
    if (node instanceof Join join) {
      return Joins.write(join, needed, this);
    }
    if (node instanceof Correlate correlate) {
      return Correlates.write(correlate, needed, this);
    }
    if (node instanceof Sort sort) {
      return Sorts.write(sort, needed, this);
    }
    return leaf(node, needed);
  }

  private Block leaf(RelNode node, ImmutableBitSet needed) {
    if (node instanceof Snapshot snapshot) {
      return snapshot(snapshot, needed);
    }
    if (node instanceof SetOp operation) {
      return SetOperations.write(operation, needed, this);
    }
    if (node instanceof Values values) {
      return ValueRows.write(values, this);
    }
    if (node instanceof TableScan scan) {
      return TableScans.write(scan, needed, this);
    }
    if (node instanceof TableFunctionScan function) {
      return WindowTables.write(function, needed, this);
    }
    if (node instanceof Uncollect uncollect) {
      return ValueRows.elements(uncollect, this);
    }
    throw new CannotExpress("the step " + node.getRelTypeName());
  }

  /** The catalog has chosen the snapshot already if the time is a constant. */
  private Block snapshot(Snapshot snapshot, ImmutableBitSet needed) {
    if (!(snapshot.getPeriod() instanceof RexLiteral)) {
      throw new CannotExpress("FOR SYSTEM_TIME AS OF a computed time");
    }
    return block(snapshot.getInput(), needed);
  }

  private static void requireNoHints(RelNode node) {
    if (node instanceof Hintable hinted && !hinted.getHints().isEmpty()) {
      hinted.getHints().stream()
          .map(hint -> hint.hintName)
          .filter(name -> !isUnderstood(name, node))
          .findFirst()
          .ifPresent(
              name -> {
                throw new CannotExpress("the hint " + name);
              });
    }
  }

  /** Flink has put OPTIONS of a table into the table itself. */
  private static boolean isUnderstood(String hint, RelNode node) {
    return hint.equalsIgnoreCase("ALIAS")
        || hint.equalsIgnoreCase("OPTIONS") && node instanceof TableScan;
  }

  static ImmutableBitSet all(RelNode node) {
    return ImmutableBitSet.range(node.getRowType().getFieldCount());
  }

  /** Rows of a projection that are not the first of their keys do not matter to the query. */
  void wantFirst(Project project, FirstOfEach first) {
    if (!isCorrelated() && repeats.keyOf(project).isEmpty()) {
      firsts.put(project, first);
    }
  }

  Optional<FirstOfEach> wantedFirst(Project project) {
    return Optional.ofNullable(firsts.get(project));
  }

  Block nested(Block block) {
    return block.nested(names.nextRelation());
  }

  /** The block as a plain FROM item. */
  Block plain(Block block) {
    return block.isPlain() ? block : nested(block);
  }

  String nextRelation() {
    return names.nextRelation();
  }

  RexSql rex() {
    return rex;
  }

  /** Of the session. */
  ZoneId timeZone() {
    return timeZone;
  }

  Pruning pruning() {
    return pruning;
  }

  Relations relations() {
    return relations;
  }

  /** The number of the new scan. */
  int add(Scan scan) {
    scans.add(scan);
    return scans.size() - 1;
  }

  void bind(String variable, Block row) {
    correlated.put(variable, row);
  }

  /** Whether there are rows around what is written now. */
  boolean isCorrelated() {
    return !correlated.isEmpty();
  }

  ScanFiles files() {
    return files;
  }

  int numberOf(Scan scan) {
    return scans.indexOf(scan);
  }

  void narrow(Narrowing narrowing) {
    narrowings.add(narrowing);
  }

  void joinKey(ScanColumn from, ScanColumn to) {
    joinKeys.add(new JoinKey(from, to));
    to.scan().needStatistics(to.name());
  }

  /** What can be asked before the query, once it is written. */
  public List<Narrowing> narrowings() {
    List<Narrowing> all = new ArrayList<>(narrowings);
    joinKeys.forEach(key -> all.add(keys(key)));
    return all;
  }

  private Narrowing keys(JoinKey key) {
    int from = scans.indexOf(key.from().scan());
    String column = Scan.ALIAS + "." + SqlText.identifier(key.from().name());
    String value = KeyValues.sql(column, key.from().type());
    List<String> conditions = new ArrayList<>(key.from().scan().conditions());
    conditions.add(column + " IS NOT NULL");
    String rest =
        " FROM "
            + SqlTemplate.hole(from)
            + " AS "
            + Scan.ALIAS
            + " WHERE "
            + String.join(" AND ", conditions);
    return new Narrowing.JoinKeys(
        scans.indexOf(key.to().scan()),
        key.to().name(),
        key.to().type(),
        from,
        SqlTemplate.of(
            "SELECT DISTINCT "
                + value
                + " AS k"
                + rest
                + " LIMIT "
                + (Narrowing.JoinKeys.MOST_KEYS + 1)),
        SqlTemplate.of("SELECT min(" + value + ") AS l, max(" + value + ") AS g" + rest));
  }
}
