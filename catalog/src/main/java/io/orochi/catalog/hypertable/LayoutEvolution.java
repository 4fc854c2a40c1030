package io.orochi.catalog.hypertable;

import io.orochi.table.layout.Dedup;
import io.orochi.table.layout.Distribution;
import io.orochi.table.layout.TableLayout;
import io.orochi.table.layout.TableOptions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Term;
import org.apache.iceberg.transforms.Transform;

/**
 * Changes partition spec and options of a table in one commit. Files that are there stay where they
 * are and remain readable; new ones lie by the new spec.
 */
public final class LayoutEvolution {
  private final Table table;

  public LayoutEvolution(Table table) {
    this.table = table;
  }

  /**
   * Makes the table a hypertable of this layout, its distribution included.
   *
   * @throws io.orochi.table.error.OrochiException TIME_COLUMN_MISSING, DISTRIBUTION_COLUMN_MISSING
   */
  public void become(TableLayout layout) {
    Map<String, String> options = new HashMap<>(layout.properties());
    TableLayout.validate(table.schema(), options);
    options.putIfAbsent(TableOptions.DISTRIBUTION, null);
    commit(layout.partitionSpec(table.schema()), options);
  }

  /**
   * Whether {@link #distribute} would be refused.
   *
   * @throws io.orochi.table.error.OrochiException as it does
   */
  public void requireDistributable(Distribution distribution) {
    Dedup.check(table.schema(), table.properties(), spec(distribution));
  }

  /**
   * Spreads the rows in another way, and leaves chunks and partitions of columns as they are.
   *
   * @param more options to set, or to remove where the value is null
   */
  public void distribute(Distribution distribution, Map<String, String> more) {
    Map<String, String> options = new HashMap<>(more);
    boolean hashed = !distribution.equals(Distribution.NONE);
    options.put(TableOptions.DISTRIBUTION, hashed ? distribution.toString() : null);
    commit(spec(distribution), options);
  }

  private PartitionSpec spec(Distribution distribution) {
    if (!distribution.equals(Distribution.NONE)) {
      TableLayout.validate(
          table.schema(), Map.of(TableOptions.DISTRIBUTION, distribution.toString()));
    }
    Optional<TableLayout> layout = TableLayout.of(table);
    return layout.isPresent()
        ? new TableLayout(
                layout.get().timeColumn(),
                layout.get().chunkInterval(),
                distribution,
                layout.get().orderBy())
            .partitionSpec(table.schema())
        : plainSpec(distribution);
  }

  private PartitionSpec plainSpec(Distribution distribution) {
    PartitionSpec.Builder spec = PartitionSpec.builderFor(table.schema());
    for (PartitionField field : table.spec().fields()) {
      if (field.transform().isIdentity()) {
        spec.identity(table.schema().findColumnName(field.sourceId()), field.name());
      }
    }
    if (distribution instanceof Distribution.Hash hash) {
      spec.bucket(hash.column(), hash.shards());
    }
    return spec.build();
  }

  private void commit(PartitionSpec wanted, Map<String, String> options) {
    Dedup.check(table.schema(), table.properties(), wanted);
    Transaction transaction = table.newTransaction();
    replaceSpec(transaction.updateSpec(), wanted);
    UpdateProperties properties = transaction.updateProperties();
    options.forEach(
        (key, value) -> {
          if (value == null) {
            properties.remove(key);
          } else {
            properties.set(key, value);
          }
        });
    properties.commit();
    transaction.commitTransaction();
    table.refresh();
  }

  private void replaceSpec(UpdatePartitionSpec update, PartitionSpec wanted) {
    Set<String> kept = new HashSet<>();
    for (PartitionField field : table.spec().fields()) {
      if (find(wanted, field)) {
        kept.add(key(field));
      } else if (!field.transform().isVoid()) {
        update.removeField(field.name());
      }
    }
    for (PartitionField field : wanted.fields()) {
      if (!kept.contains(key(field))) {
        update.addField(freeName(field.name()), term(wanted, field));
      }
    }
    update.commit();
  }

  /** A field that goes in the same change still holds its name. */
  private String freeName(String wanted) {
    String name = wanted;
    while (isTaken(name)) {
      name += "_";
    }
    return name;
  }

  private boolean isTaken(String name) {
    return table.spec().fields().stream().anyMatch(field -> field.name().equals(name));
  }

  private static boolean find(PartitionSpec spec, PartitionField field) {
    return spec.fields().stream().anyMatch(other -> key(other).equals(key(field)));
  }

  private static String key(PartitionField field) {
    return field.sourceId() + " " + field.transform();
  }

  private static Term term(PartitionSpec spec, PartitionField field) {
    String column = spec.schema().findColumnName(field.sourceId());
    @SuppressWarnings("unchecked")
    Transform<Object, Object> transform = (Transform<Object, Object>) field.transform();
    return Expressions.transform(column, transform);
  }
}
