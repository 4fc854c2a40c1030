package io.orochi.catalog.flink.ddl;

import io.orochi.table.error.OrochiException;
import java.util.List;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Turns a change of a column's type into changes of its parts. Fields of a row are matched by name:
 * what the new type lacks is dropped, what it adds is NULL in the rows that are there.
 */
final class TypeEvolution {
  private final UpdateSchema schema;

  TypeEvolution(UpdateSchema schema) {
    this.schema = schema;
  }

  /**
   * @param path of the column or nested field, joined by dots
   * @throws OrochiException SCHEMA_CHANGE_REFUSED if rows written before could not be read
   */
  void evolve(String path, Type now, Type wanted) {
    if (now.isPrimitiveType() && wanted.isPrimitiveType()) {
      if (!now.equals(wanted)) {
        schema.updateColumn(path, wanted.asPrimitiveType());
      }
    } else if (now.isStructType() && wanted.isStructType()) {
      row(path, now.asStructType(), wanted.asStructType());
    } else if (now.isListType() && wanted.isListType()) {
      evolve(path + ".element", now.asListType().elementType(), wanted.asListType().elementType());
      nullable(
          path + ".element",
          now.asListType().isElementOptional(),
          wanted.asListType().isElementOptional());
    } else if (now.isMapType() && wanted.isMapType()) {
      map(path, now.asMapType(), wanted.asMapType());
    } else {
      throw SchemaRefusals.typeChange(path, now, wanted);
    }
  }

  private void map(String path, Types.MapType now, Types.MapType wanted) {
    if (!sameShape(now.keyType(), wanted.keyType())) {
      throw SchemaRefusals.typeChange(path + ".key", now.keyType(), wanted.keyType());
    }
    evolve(path + ".value", now.valueType(), wanted.valueType());
    nullable(path + ".value", now.isValueOptional(), wanted.isValueOptional());
  }

  private void row(String path, Types.StructType now, Types.StructType wanted) {
    for (NestedField field : now.fields()) {
      if (wanted.field(field.name()) == null) {
        schema.deleteColumn(path + "." + field.name());
      }
    }
    for (NestedField field : wanted.fields()) {
      NestedField old = now.field(field.name());
      if (old == null) {
        requireOptional(path, field);
        schema.addColumn(path, field.name(), field.type(), field.doc());
      } else {
        String inner = path + "." + field.name();
        evolve(inner, old.type(), field.type());
        nullable(inner, old.isOptional(), field.isOptional());
      }
    }
    reorder(path, now, wanted);
  }

  private static void requireOptional(String path, NestedField field) {
    if (field.isRequired()) {
      throw SchemaRefusals.requiredField(path + "." + field.name());
    }
  }

  /** Moves fields only if what is kept would not already stand as wanted. */
  private void reorder(String path, Types.StructType now, Types.StructType wanted) {
    List<String> kept =
        now.fields().stream()
            .map(NestedField::name)
            .filter(name -> wanted.field(name) != null)
            .toList();
    List<String> order = wanted.fields().stream().map(NestedField::name).toList();
    if (order.subList(0, kept.size()).equals(kept)) {
      return;
    }
    schema.moveFirst(path + "." + order.get(0));
    for (int i = 1; i < order.size(); i++) {
      schema.moveAfter(path + "." + order.get(i), path + "." + order.get(i - 1));
    }
  }

  private void nullable(String path, boolean was, boolean wanted) {
    if (wanted && !was) {
      schema.makeColumnOptional(path);
    } else if (!wanted && was) {
      throw SchemaRefusals.requiredField(path);
    }
  }

  /** Equal but for field ids. */
  private static boolean sameShape(Type one, Type other) {
    return one.isPrimitiveType()
        ? one.equals(other)
        : ColumnTypes.toFlink(one).equals(ColumnTypes.toFlink(other));
  }
}
