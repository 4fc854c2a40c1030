package io.orochi.gateway.plan.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pattern of Java's that the kernel's regular expressions can be given too: both find the same in
 * every text of ASCII characters, if what they look for at the end of a text is not a line feed. It
 * is made of characters, classes of ASCII characters, groups, alternatives, anchors, word bounds
 * and quantifiers of what is never empty.
 */
public final class SharedPattern {
  private final String kernels;
  private final boolean mayBeEmpty;
  private final boolean asksForTheEnd;
  private final List<Group> groups;

  private SharedPattern(PatternReader reader, boolean mayBeEmpty) {
    this.kernels = reader.written();
    this.mayBeEmpty = mayBeEmpty;
    this.asksForTheEnd = reader.asksForTheEnd();
    this.groups = List.copyOf(reader.groups());
  }

  /**
   * @param isRepeated whether the engines may remember different rounds of it
   */
  record Group(boolean mayBeEmpty, boolean isRepeated) {}

  /** Empty if it is another one, or none at all. */
  public static Optional<SharedPattern> of(String pattern) {
    PatternReader reader = new PatternReader(pattern);
    try {
      int least = reader.readAll();
      return Optional.of(new SharedPattern(reader, least == 0));
    } catch (PatternReader.NotShared other) {
      return Optional.empty();
    }
  }

  /** The pattern as the kernel reads it. */
  public String inKernel() {
    return kernels;
  }

  /** Whether there can be a match of no characters. */
  public boolean mayBeEmpty() {
    return mayBeEmpty;
  }

  /** Whether texts that end with a line break are for Java only. */
  public boolean asksForTheEnd() {
    return asksForTheEnd;
  }

  /** Whether both engines find the same in a group, never an empty text; 0 is the whole. */
  public boolean agreesOnGroup(int group) {
    if (group == 0) {
      return !mayBeEmpty;
    }
    if (group < 0 || group > groups.size()) {
      return false;
    }
    Group asked = groups.get(group - 1);
    return !asked.mayBeEmpty() && !asked.isRepeated();
  }

  static List<Group> marked(List<Group> groups, int from) {
    List<Group> marked = new ArrayList<>(groups.subList(0, from));
    groups.subList(from, groups.size()).forEach(g -> marked.add(new Group(g.mayBeEmpty(), true)));
    return marked;
  }
}
