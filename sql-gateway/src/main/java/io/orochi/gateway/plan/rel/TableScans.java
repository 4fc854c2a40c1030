package io.orochi.gateway.plan.rel;

import io.orochi.gateway.plan.rel.tree.PlacedScan;
import io.orochi.gateway.plan.scan.Relation;
import io.orochi.gateway.plan.scan.Scan;
import io.orochi.gateway.plan.scan.ScanColumn;
import io.orochi.gateway.plan.sql.CannotExpress;
import io.orochi.gateway.plan.sql.KernelTypes;
import io.orochi.gateway.plan.sql.SqlTemplate;
import io.orochi.gateway.plan.sql.SqlText;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.flink.table.planner.plan.schema.TableSourceTable;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Tables. */
final class TableScans {
  private TableScans() {}

  static Block write(TableScan scan, ImmutableBitSet needed, RelSql sql) {
    TableSourceTable table = scan.getTable().unwrap(TableSourceTable.class);
    if (table == null || table.abilitySpecs().length > 0) {
      throw new CannotExpress("the table " + String.join(".", scan.getTable().getQualifiedName()));
    }
    Relation relation = sql.relations().find(table.contextResolvedTable());
    requireDistinctNames(relation);
    Scan reading = new Scan(relation);
    String alias = sql.nextRelation();
    List<RelDataTypeField> fields = scan.getRowType().getFieldList();
    String from = SqlTemplate.hole(sql.add(reading)) + " AS " + alias;
    Column[] columns = new Column[fields.size()];
    for (int i : needed) {
      columns[i] =
          scan instanceof PlacedScan placed && placed.isPlace(i)
              ? place(reading, alias, fields.get(i).getName())
              : column(reading, alias, fields.get(i));
    }
    return Block.of(from, Arrays.asList(columns));
  }

  private static void requireDistinctNames(Relation relation) {
    Set<String> taken = new HashSet<>();
    for (Types.NestedField column : relation.schema().columns()) {
      if (!taken.add(column.name().toLowerCase(Locale.ROOT))) {
        throw new CannotExpress(
            "the table " + relation.name() + ", two columns of which are " + column.name());
      }
    }
  }

  private static Column place(Scan scan, String alias, String name) {
    scan.needPlaces();
    return Column.named(alias + "." + SqlText.identifier(name), name, null);
  }

  private static Column column(Scan scan, String alias, RelDataTypeField field) {
    Types.NestedField column = scan.relation().schema().findField(field.getName());
    if (column == null) {
      throw new CannotExpress("the computed column " + field.getName());
    }
    KernelTypes.of(field.getType());
    if (column.type().typeId() == Type.TypeID.UUID) {
      throw new CannotExpress("the UUID column " + field.getName());
    }
    scan.need(column.name());
    return Column.named(
        alias + "." + SqlText.identifier(field.getName()),
        field.getName(),
        new ScanColumn(scan, column.name(), column.type()));
  }
}
