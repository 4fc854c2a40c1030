package io.orochi.gateway.plan.rel;

import io.orochi.gateway.plan.rel.tree.Names;
import io.orochi.gateway.plan.rel.tree.OneTable;
import io.orochi.gateway.plan.scan.Relation;
import io.orochi.gateway.plan.scan.Scan;
import io.orochi.gateway.plan.scan.ScanColumn;
import io.orochi.gateway.plan.sql.KernelTypes;
import io.orochi.gateway.plan.sql.SqlTemplate;
import io.orochi.table.kernel.scan.Measure;
import io.orochi.table.kernel.scan.MeasuredFiles;
import io.orochi.table.kernel.scan.ScanPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/**
 * COUNT, MIN and MAX over all rows of a table, or over those that fulfil conditions on its columns:
 * files whose metadata tells them exactly are not read. The answer is put together from theirs and
 * from that of the other files.
 */
final class MetadataAggregates {
  private MetadataAggregates() {}

  /**
   * @param input the rows of one new scan, whose filter is true for exactly these rows
   * @return empty if metadata does not tell it of any file
   */
  static Optional<Block> write(
      Aggregate aggregate, ImmutableBitSet needed, Block input, RelSql sql) {
    if (aggregate.getGroupCount() > 0
        || aggregate.getGroupType() != Aggregate.Group.SIMPLE
        || sql.isCorrelated()
        || !OneTable.isUnder(aggregate.getInput())) {
      return Optional.empty();
    }
    Scan scan = sql.scans().get(sql.scans().size() - 1);
    List<Measure> measures = new ArrayList<>();
    List<AggregateCall> calls = new ArrayList<>();
    for (int i : needed) {
      AggregateCall call = aggregate.getAggCallList().get(i);
      Optional<Measure> measure = measure(call, input, scan);
      if (measure.isEmpty()) {
        return Optional.empty();
      }
      measures.add(measure.get());
      calls.add(call);
    }
    if (measures.isEmpty()) {
      measures.add(new Measure(Measure.Kind.ROWS, null));
    }
    return measured(scan, measures, sql)
        .map(files -> put(aggregate, needed, new Parts(measures, calls, files, scan), input, sql));
  }

  private static Optional<Measure> measure(AggregateCall call, Block input, Scan scan) {
    String name = call.getAggregation().getName().toUpperCase(Locale.ROOT);
    if (call.filterArg >= 0 || call.getArgList().size() > 1) {
      return Optional.empty();
    }
    if (call.getArgList().isEmpty()) {
      return name.equals("COUNT")
          ? Optional.of(new Measure(Measure.Kind.ROWS, null))
          : Optional.empty();
    }
    ScanColumn column = input.column(call.getArgList().get(0)).origin();
    if (column == null || column.scan() != scan) {
      return Optional.empty();
    }
    return switch (name) {
      case "COUNT" ->
          call.isDistinct()
              ? Optional.empty()
              : Optional.of(new Measure(Measure.Kind.PRESENT, column.name()));
      case "MIN" -> Optional.of(new Measure(Measure.Kind.LEAST, column.name()));
      case "MAX" -> Optional.of(new Measure(Measure.Kind.GREATEST, column.name()));
      default -> Optional.empty();
    };
  }

  /** Empty if every file has to be read. */
  private static Optional<MeasuredFiles> measured(Scan scan, List<Measure> measures, RelSql sql) {
    if (!(scan.relation() instanceof Relation.Stored) || scan.placesNeeded()) {
      return Optional.empty();
    }
    // the condition's own columns are among those read
    scan.columns().stream()
        .filter(column -> isPrimitive(scan, column))
        .forEach(scan::needStatistics);
    Optional<ScanPlan> plan = sql.files().of(scan);
    return plan.map(files -> MeasuredFiles.of(files, scan.filter(), measures))
        .filter(files -> files.files() > 0);
  }

  private static boolean isPrimitive(Scan scan, String column) {
    Types.NestedField field = scan.relation().schema().findField(column);
    return field != null && field.type().isPrimitiveType();
  }

  /** What the answer is put together from. */
  private record Parts(
      List<Measure> measures, List<AggregateCall> calls, MeasuredFiles files, Scan scan) {}

  private static Block put(
      Aggregate aggregate, ImmutableBitSet needed, Parts parts, Block input, RelSql sql) {
    parts.scan().readOnly(parts.files().rest());
    Scan summary = new Scan(summary(parts));
    List<String> columns =
        summary.relation().schema().columns().stream().map(Types.NestedField::name).toList();
    columns.forEach(summary::need);
    String told =
        "SELECT " + String.join(", ", columns) + "\nFROM " + SqlTemplate.hole(sql.add(summary));
    String alias = sql.nextRelation();
    String from = "(" + read(parts, input, sql) + "\nUNION ALL " + told + ") AS " + alias;
    List<String> names = Names.unique(aggregate.getRowType());
    Column[] put = new Column[names.size()];
    int place = 0;
    for (int i : needed) {
      put[i] =
          new Column(
              total(parts.measures().get(place), alias + "." + columns.get(place), parts, place),
              names.get(i),
              false,
              false,
              null);
      place++;
    }
    if (place == 0) {
      put[0] =
          new Column("sum(" + alias + "." + columns.get(0) + ")", names.get(0), false, false, null);
    }
    return Block.of(from, List.of()).groupBy("", java.util.Arrays.asList(put));
  }

  /** The same measures of the files that are read. */
  private static String read(Parts parts, Block input, RelSql sql) {
    Block rows = input.takesGroups() ? input : sql.nested(input);
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < parts.measures().size(); i++) {
      String argument =
          i < parts.calls().size() && !parts.calls().get(i).getArgList().isEmpty()
              ? rows.column(parts.calls().get(i).getArgList().get(0)).sql()
              : "*";
      columns.add(
          new Column(
              function(parts.measures().get(i)) + "(" + argument + ")",
              "m" + i,
              false,
              false,
              null));
    }
    return rows.groupBy("", columns).select();
  }

  private static String function(Measure measure) {
    return switch (measure.kind()) {
      case ROWS, PRESENT -> "count";
      case LEAST -> "min";
      case GREATEST -> "max";
    };
  }

  private static String total(Measure measure, String part, Parts parts, int place) {
    String total =
        switch (measure.kind()) {
          case ROWS, PRESENT -> "sum(" + part + ")";
          case LEAST -> "min(" + part + ")";
          case GREATEST -> "max(" + part + ")";
        };
    return "CAST(" + total + " AS " + KernelTypes.of(parts.calls().get(place).getType()) + ")";
  }

  private static Relation.Summary summary(Parts parts) {
    List<Types.NestedField> fields = new ArrayList<>();
    for (int i = 0; i < parts.measures().size(); i++) {
      Measure measure = parts.measures().get(i);
      boolean counts =
          measure.kind() == Measure.Kind.ROWS || measure.kind() == Measure.Kind.PRESENT;
      fields.add(
          Types.NestedField.optional(
              i + 1,
              "m" + i,
              counts
                  ? Types.LongType.get()
                  : parts.scan().relation().schema().findField(measure.column()).type()));
    }
    Object[] row = parts.files().values().toArray();
    return new Relation.Summary(
        parts.scan().relation().name(),
        new Schema(fields),
        java.util.Collections.singletonList(row),
        parts.files().files());
  }
}
