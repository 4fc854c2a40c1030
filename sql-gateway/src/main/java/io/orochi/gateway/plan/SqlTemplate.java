package io.orochi.gateway.plan;

import java.util.ArrayList;
import java.util.List;

/** SQL text with numbered holes for the names of its inputs. */
public final class SqlTemplate {
  private final List<String> texts;
  private final List<Integer> inputs;

  private SqlTemplate(List<String> texts, List<Integer> inputs) {
    this.texts = List.copyOf(texts);
    this.inputs = List.copyOf(inputs);
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

  /** Builds a template from left to right. */
  public static final class Builder {
    private final List<String> texts = new ArrayList<>();
    private final List<Integer> inputs = new ArrayList<>();
    private final StringBuilder tail = new StringBuilder();

    public Builder sql(String text) {
      tail.append(text);
      return this;
    }

    public Builder input(int ordinal) {
      texts.add(tail.toString());
      inputs.add(ordinal);
      tail.setLength(0);
      return this;
    }

    public SqlTemplate build() {
      List<String> all = new ArrayList<>(texts);
      all.add(tail.toString());
      return new SqlTemplate(all, inputs);
    }
  }
}
