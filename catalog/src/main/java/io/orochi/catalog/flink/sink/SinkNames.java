package io.orochi.catalog.flink.sink;

/** Names and uids of the sink's operators; a uid is never changed, state hangs on it. */
public final class SinkNames {
  public static final String WRITER_NAME = "write files";
  public static final String WRITER_UID = "orochi-writer";
  public static final String COMMITTER_NAME = "commit table";
  public static final String COMMITTER_UID = "orochi-committer";
  public static final String END_NAME = "end";
  public static final String END_UID = "orochi-end";

  public static final String COMPANION_WRITER_NAME = "write companion files";
  public static final String COMPANION_WRITER_UID = "orochi-companion-writer";

  public static final String COLUMNS_NAME = "place columns";
  public static final String COLUMNS_UID = "orochi-columns";

  public static final String CHANGE_NAME = "change rows";
  public static final String CHANGE_UID = "orochi-change";

  private SinkNames() {}
}
