package io.orochi.sqlfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A {@code .test} file: statements that make its tables, then cases. The format is described in the
 * module's README.
 *
 * @param name the file's name without its ending
 * @param setup run in order, once per file
 * @param cases in the order of the file
 */
record SqlFile(String name, List<String> setup, List<SqlCase> cases) {
  private static final String MARK = "--- ";
  private static final String ARROW = " => ";

  static SqlFile read(Path file) throws IOException {
    String name = file.getFileName().toString().replaceFirst("\\.test$", "");
    return new Reader(name, Files.readAllLines(file)).read();
  }

  static SqlFile parse(String name, String text) {
    return new Reader(name, text.lines().toList()).read();
  }

  private static final class Reader {
    private final String name;
    private final List<String> lines;
    private final List<String> setup = new ArrayList<>();
    private final List<SqlCase> cases = new ArrayList<>();
    private int next;

    Reader(String name, List<String> lines) {
      this.name = name;
      this.lines = lines;
    }

    SqlFile read() {
      while (next < lines.size()) {
        String line = lines.get(next);
        if (line.isBlank() || line.startsWith("#")) {
          next++;
        } else if (line.equals("--- setup")) {
          next++;
          Arrays.stream(body().split(";\\s*(\n|$)", -1))
              .map(String::strip)
              .filter(statement -> !statement.isEmpty())
              .forEach(setup::add);
        } else if (line.startsWith("--- query ")) {
          cases.add(query());
        } else if (line.startsWith("--- expressions ")) {
          cases.add(expressions());
        } else {
          throw wrong("expected '--- setup', '--- query' or '--- expressions'");
        }
      }
      return new SqlFile(name, List.copyOf(setup), List.copyOf(cases));
    }

    private SqlCase query() {
      int line = next + 1;
      String title = option("query");
      Head head = head();
      String statement = body().strip().replaceFirst(";$", "");
      if (next == lines.size()) {
        throw wrong("expected '--- rows', '--- rows in any order' or '--- error'");
      }
      String kind = lines.get(next++).strip();
      List<String> result = body().lines().filter(text -> !text.isBlank()).toList();
      SqlCase.Expected expected =
          switch (kind) {
            case "--- rows" -> new SqlCase.Expected.Rows(cells(result));
            case "--- rows in any order" -> new SqlCase.Expected.Bag(cells(result));
            case "--- error" -> new SqlCase.Expected.Failure(result);
            default -> throw wrong("'" + kind + "' is no kind of result");
          };
      return new SqlCase(title, head.reason, line, statement, head.refusing, expected);
    }

    private SqlCase expressions() {
      int line = next + 1;
      String title = option("expressions");
      Head head = head();
      List<String> expressions = new ArrayList<>();
      List<String> values = new ArrayList<>();
      for (String text : body().lines().filter(each -> !each.isBlank()).toList()) {
        int arrow = text.lastIndexOf(ARROW);
        if (arrow < 0) {
          throw wrong("'" + text + "' lacks ' => value'");
        }
        expressions.add(text.substring(0, arrow).strip());
        values.add(text.substring(arrow + ARROW.length()).strip());
      }
      String statement = "SELECT\n  " + String.join(",\n  ", expressions);
      if (!head.from.isEmpty()) {
        statement += "\nFROM " + head.from;
      }
      return new SqlCase(
          title,
          head.reason,
          line,
          statement,
          head.refusing,
          new SqlCase.Expected.Rows(List.of(values)));
    }

    private record Head(String reason, String from, Set<SqlCase.Engine> refusing) {}

    private Head head() {
      String reason = "";
      String from = "";
      Set<SqlCase.Engine> refusing = EnumSet.noneOf(SqlCase.Engine.class);
      while (next < lines.size()) {
        String line = lines.get(next);
        if (line.startsWith("--- reason ")) {
          reason = option("reason");
        } else if (line.startsWith("--- from ")) {
          from = option("from");
        } else if (line.startsWith("--- refused by ")) {
          refusing.add(SqlCase.Engine.valueOf(option("refused by").toUpperCase(Locale.ROOT)));
        } else {
          break;
        }
      }
      return new Head(reason, from, refusing);
    }

    private String option(String keyword) {
      return lines.get(next++).substring(MARK.length() + keyword.length()).strip();
    }

    /** The lines up to the next mark; a line that begins with {@code #} is a comment. */
    private String body() {
      List<String> body = new ArrayList<>();
      while (next < lines.size() && !lines.get(next).startsWith(MARK)) {
        String line = lines.get(next++);
        if (!line.startsWith("#")) {
          body.add(line);
        }
      }
      return String.join("\n", body);
    }

    private static List<List<String>> cells(List<String> rows) {
      return rows.stream()
          .map(row -> Arrays.stream(row.split(" \\| ", -1)).map(String::strip).toList())
          .toList();
    }

    private IllegalArgumentException wrong(String what) {
      return new IllegalArgumentException(name + ".test:" + (next + 1) + ": " + what);
    }
  }
}
