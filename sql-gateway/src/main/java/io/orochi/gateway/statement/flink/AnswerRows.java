package io.orochi.gateway.statement.flink;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.gateway.api.results.ResultSet;
import org.apache.flink.table.gateway.api.results.ResultSet.ResultType;
import org.apache.flink.table.gateway.service.result.ResultFetcher;
import org.apache.flink.util.CloseableIterator;

/** The rows of a finished command, page after page. */
public final class AnswerRows implements CloseableIterator<RowData> {
  private static final int PAGE_ROWS = 4_096;

  private final ResultFetcher answer;
  private Iterator<RowData> page = List.<RowData>of().iterator();
  private Long nextToken = 0L;

  public AnswerRows(ResultFetcher answer) {
    this.answer = answer;
  }

  @Override
  public boolean hasNext() {
    while (!page.hasNext() && nextToken != null) {
      if (answer.getResultStore().isRetrieving()) {
        answer.getResultStore().waitUntilHasData();
      }
      ResultSet result = answer.fetchResults(nextToken, PAGE_ROWS);
      if (result.getResultType() != ResultType.NOT_READY) {
        page = result.getData().iterator();
        nextToken = result.getNextToken();
      }
    }
    return page.hasNext();
  }

  @Override
  public RowData next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.next();
  }

  @Override
  public void close() {
    answer.close();
  }
}
