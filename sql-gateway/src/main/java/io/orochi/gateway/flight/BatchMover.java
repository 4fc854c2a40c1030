package io.orochi.gateway.flight;

import io.orochi.gateway.statement.arrow.ArrowReads;
import io.orochi.gateway.statement.arrow.RowBatches;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.flink.table.catalog.ResolvedSchema;

/**
 * Puts an engine's batch into the batch that is sent, whose types were promised before the query
 * ran: without a copy if the types agree, value by value if not. One thread.
 */
final class BatchMover {
  private final VectorSchemaRoot target;
  private final ResolvedSchema schema;
  private final RowBatches rows;

  BatchMover(VectorSchemaRoot target, ResolvedSchema schema) {
    this.target = target;
    this.schema = schema;
    this.rows = new RowBatches(target, schema);
  }

  /** The source is empty afterwards. */
  void move(VectorSchemaRoot source) {
    if (!sameLayout(source)) {
      rows.fill(ArrowReads.rows(source, schema).iterator(), source.getRowCount());
      return;
    }
    List<FieldVector> from = source.getFieldVectors();
    List<FieldVector> to = target.getFieldVectors();
    for (int i = 0; i < from.size(); i++) {
      from.get(i).makeTransferPair(to.get(i)).transfer();
    }
    target.setRowCount(source.getRowCount());
  }

  private boolean sameLayout(VectorSchemaRoot source) {
    return sameLayout(source.getSchema().getFields(), target.getSchema().getFields());
  }

  private static boolean sameLayout(List<Field> some, List<Field> others) {
    if (some.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      if (!sameLayout(some.get(i), others.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameLayout(Field one, Field other) {
    return withoutZone(one.getType()).equals(withoutZone(other.getType()))
        && sameLayout(one.getChildren(), other.getChildren());
  }

  /** The values of a zoned timestamp do not depend on the zone's name, but on there being one. */
  private static ArrowType withoutZone(ArrowType type) {
    return type instanceof ArrowType.Timestamp timestamp && timestamp.getTimezone() != null
        ? new ArrowType.Timestamp(timestamp.getUnit(), "UTC")
        : type;
  }
}
