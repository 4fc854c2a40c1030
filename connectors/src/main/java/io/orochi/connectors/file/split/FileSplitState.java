package io.orochi.connectors.file.split;

/** A split while it is read. */
public final class FileSplitState {
  private final FileSplit split;
  private long ordinal;

  public FileSplitState(FileSplit split) {
    this.split = split;
    this.ordinal = split.ordinal();
  }

  public void advanceTo(long newOrdinal) {
    ordinal = newOrdinal;
  }

  public FileSplit toSplit() {
    return split.at(ordinal);
  }
}
