package io.orochi.gateway.plan.sql;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImplConstants;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImplTokenManager;
import org.apache.flink.sql.parser.impl.SimpleCharStream;
import org.apache.flink.sql.parser.impl.Token;
import org.apache.flink.sql.parser.impl.TokenMgrError;

/**
 * A word of a statement as Flink's lexer sees it; comments are not words.
 *
 * @param kind of {@link FlinkSqlParserImplConstants}
 * @param start the offset of its first character
 * @param end the offset behind its last
 */
public record SqlToken(int kind, String image, int start, int end) {

  /**
   * The words of a text.
   *
   * @throws OrochiException SQL_SYNTAX if it has characters that no SQL has
   */
  public static List<SqlToken> of(String sql) {
    // the lexer would count a tab as up to eight columns
    SimpleCharStream characters = new SimpleCharStream(new StringReader(sql.replace('\t', ' ')));
    FlinkSqlParserImplTokenManager lexer =
        new FlinkSqlParserImplTokenManager(characters, FlinkSqlParserImplConstants.BTID);
    TextOffsets offsets = new TextOffsets(sql);
    List<SqlToken> tokens = new ArrayList<>();
    try {
      for (Token token = lexer.getNextToken();
          token.kind != FlinkSqlParserImplConstants.EOF;
          token = lexer.getNextToken()) {
        int start = offsets.of(token.beginLine, token.beginColumn);
        int end = offsets.of(token.endLine, token.endColumn) + 1;
        tokens.add(new SqlToken(token.kind, token.image, start, end));
      }
    } catch (TokenMgrError notSql) {
      throw OrochiException.of(OrochiErrorCode.SQL_SYNTAX, "Invalid SQL: " + notSql.getMessage());
    }
    return tokens;
  }

  public boolean is(int wanted) {
    return kind == wanted;
  }

  /** Whether it is this word, keyword or not. */
  public boolean isWord(String word) {
    return image.equalsIgnoreCase(word);
  }
}
