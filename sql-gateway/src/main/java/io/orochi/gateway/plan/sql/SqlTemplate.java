package io.orochi.gateway.plan.sql;

import java.util.ArrayList;
import java.util.List;

/** SQL text with numbered holes for the names of its inputs. */
public final class SqlTemplate {
  /** Stands on both sides of an input's number while text is put together; no literal holds it. */
  private static final char MARK = '\0';

  private final List<String> texts = new ArrayList<>();
  private final List<Integer> inputs = new ArrayList<>();

  private SqlTemplate() {}

  /** The text that stands for input {@code ordinal} until {@link #of} reads it. */
  public static String hole(int ordinal) {
    return MARK + Integer.toString(ordinal) + MARK;
  }

  /** Reads text that contains {@link #hole}s. */
  public static SqlTemplate of(String text) {
    SqlTemplate template = new SqlTemplate();
    int from = 0;
    for (int open = text.indexOf(MARK); open >= 0; open = text.indexOf(MARK, from)) {
      int close = text.indexOf(MARK, open + 1);
      template.texts.add(text.substring(from, open));
      template.inputs.add(Integer.valueOf(text.substring(open + 1, close)));
      from = close + 1;
    }
    template.texts.add(text.substring(from));
    return template;
  }

  /**
   * The SQL with {@code names.get(i)} wherever input {@code i} is read; names are quoted already.
   */
  public String text(List<String> names) {
    StringBuilder sql = new StringBuilder();
    for (int i = 0; i < inputs.size(); i++) {
      sql.append(texts.get(i)).append(names.get(inputs.get(i)));
    }
    return sql.append(texts.get(inputs.size())).toString();
  }
}
