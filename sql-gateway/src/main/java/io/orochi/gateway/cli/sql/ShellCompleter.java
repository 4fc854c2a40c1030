package io.orochi.gateway.cli.sql;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes keywords in the case they were begun in, and names of tables. */
final class ShellCompleter implements Completer {
  private volatile List<TableName> tables = List.of();

  void offer(List<TableName> newTables) {
    tables = List.copyOf(newTables);
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String word = line.word().substring(0, line.wordCursor());
    boolean lower = !word.isEmpty() && word.equals(word.toLowerCase(Locale.ROOT));
    Stream<String> keywords =
        Keywords.ALL.stream().map(k -> lower ? k.toLowerCase(Locale.ROOT) : k);
    Stream<String> names =
        tables.stream()
            .flatMap(
                table ->
                    table.database().equals("default")
                        ? Stream.of(table.name(), "`default`." + table.name())
                        : Stream.of(table.database() + "." + table.name()));
    Stream.concat(names, keywords)
        .filter(text -> text.regionMatches(true, 0, word, 0, word.length()))
        .map(Candidate::new)
        .forEach(candidates::add);
  }
}
