package io.orochi.ddl;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The columns of the table at one time, without the two that never change. */
record EvolvingSchema(List<Field> fields) {
  private static final List<List<String>> WIDTHS =
      List.of(
          List.of("INT", "BIGINT"),
          List.of("FLOAT", "DOUBLE"),
          List.of("DECIMAL(9, 2)", "DECIMAL(18, 2)", "DECIMAL(25, 2)"));

  EvolvingSchema {
    fields = List.copyOf(fields);
  }

  /**
   * A column.
   *
   * @param identity never used again, also by a later column of the same name
   */
  record Field(String name, int identity, List<String> widths, int width) {
    static Field of(String name, int identity, Random random) {
      return new Field(name, identity, WIDTHS.get(random.nextInt(WIDTHS.size())), 0);
    }

    String type() {
      return widths.get(width);
    }

    boolean canWiden() {
      return width + 1 < widths.size();
    }

    Field widened() {
      return new Field(name, identity, widths, width + 1);
    }

    Field named(String other) {
      return new Field(other, identity, widths, width);
    }
  }

  /** What every row that has the column holds in it; tells both the row and the column. */
  static long value(long seq, int identity) {
    return seq % 100 * 10_000 + identity;
  }

  List<String> names() {
    return fields.stream().map(Field::name).toList();
  }

  List<Integer> identities() {
    return fields.stream().map(Field::identity).toList();
  }

  EvolvingSchema with(Field added) {
    List<Field> more = new ArrayList<>(fields);
    more.add(added);
    return new EvolvingSchema(more);
  }

  EvolvingSchema without(Field dropped) {
    return new EvolvingSchema(fields.stream().filter(field -> !field.equals(dropped)).toList());
  }

  EvolvingSchema with(Field old, Field changed) {
    return new EvolvingSchema(
        fields.stream().map(field -> field.equals(old) ? changed : field).toList());
  }
}
