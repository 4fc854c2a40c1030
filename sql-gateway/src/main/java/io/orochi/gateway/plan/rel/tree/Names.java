package io.orochi.gateway.plan.rel.tree;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;

/** Names of the relations and columns of one statement. One thread. */
public final class Names {
  private int relations;

  /** t1, t2, …: no two relations of a statement share one, so none hides another. */
  public String nextRelation() {
    relations++;
    return "t" + relations;
  }

  /** The field names, made unique for an engine that ignores case. */
  public static List<String> unique(RelDataType row) {
    List<String> names = new ArrayList<>(row.getFieldCount());
    Set<String> taken = new HashSet<>();
    for (RelDataTypeField field : row.getFieldList()) {
      String base = field.getName().startsWith("EXPR$") ? "c" + field.getIndex() : field.getName();
      String name = base;
      for (int i = 1; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
        name = base + "_" + i;
      }
      names.add(name);
    }
    return names;
  }
}
