package io.orochi.batch.scrub;

import io.orochi.table.integrity.Verdict;

/**
 * A count of files with one verdict; damaged files are counted one by one, so that each is named.
 *
 * @param verdict of a {@link Verdict}, by name
 * @param files how many, 1 if {@code location} is given
 * @param bytes their recorded sizes
 * @param location of a damaged file, else empty
 * @param detail what is wrong with it, else empty
 */
public record Finding(String verdict, long files, long bytes, String location, String detail) {

  public static Finding counted(Verdict verdict, long files, long bytes) {
    return new Finding(verdict.name(), files, bytes, "", "");
  }

  public static Finding damaged(Verdict verdict, String location, long bytes, String detail) {
    return new Finding(verdict.name(), 1, bytes, location, detail);
  }

  public Verdict kind() {
    return Verdict.valueOf(verdict);
  }
}
