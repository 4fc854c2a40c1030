package io.orochi.gateway.plan.narrow;

import java.util.Set;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;

/** Values that travel from the kernel back to the planner: whole numbers and texts. */
public final class KeyValues {
  private static final Set<TypeID> WHOLE = Set.of(TypeID.INTEGER, TypeID.LONG);
  private static final Set<TypeID> OTHERS = Set.of(TypeID.DATE, TypeID.TIMESTAMP, TypeID.STRING);

  private KeyValues() {}

  /** Whether equal values of both types travel alike. */
  public static boolean comparable(Type a, Type b) {
    return WHOLE.contains(a.typeId())
        ? WHOLE.contains(b.typeId())
        : OTHERS.contains(a.typeId()) && a.equals(b);
  }

  /** Whether values of the type travel as numbers that are ordered as they are. */
  public static boolean areNumbers(Type type) {
    return comparable(type, type) && type.typeId() != TypeID.STRING;
  }

  /** The kernel's SQL of what travels: BIGINT, or VARCHAR for texts. */
  public static String sql(String value, Type type) {
    return switch (type.typeId()) {
      case STRING -> value;
      case TIMESTAMP -> "epoch_us(" + value + ")";
      case DATE -> "CAST(" + value + " - DATE '1970-01-01' AS BIGINT)";
      default -> "CAST(" + value + " AS BIGINT)";
    };
  }

  /** What travelled, as a literal of a condition on a column of the type. */
  public static Object literal(Object value, Type type) {
    return type.typeId() == TypeID.DATE ? (Object) ((Number) value).intValue() : value;
  }
}
