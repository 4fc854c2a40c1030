package io.orochi.transaction.elle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Which transaction must come before which, and why. */
final class DependencyGraph {
  private final Map<Integer, Set<Edge>> edges = new LinkedHashMap<>();

  /**
   * @param kind ww, wr or rw
   */
  record Edge(int from, int to, String kind, int key) {
    @Override
    public String toString() {
      return "T" + from + " -" + kind + "(" + key + ")-> T" + to;
    }
  }

  /** A transaction's edge to itself says nothing. */
  void add(int from, int to, String kind, int key) {
    if (from != to) {
      edges
          .computeIfAbsent(from, unused -> new LinkedHashSet<>())
          .add(new Edge(from, to, kind, key));
    }
  }

  /**
   * The shortest cycle through each edge that closes one, named by what it is made of: G0 of ww
   * alone, G1c of ww and wr, G-single with one rw, G2 with more.
   */
  List<String> cycles() {
    Set<String> found = new LinkedHashSet<>();
    for (Set<Edge> ofOne : edges.values()) {
      for (Edge edge : ofOne) {
        String cycle = cycle(edge);
        if (cycle != null) {
          found.add(cycle);
        }
      }
    }
    return new ArrayList<>(found);
  }

  /** The plainest kinds are looked for first; null if there is none. */
  private String cycle(Edge edge) {
    if (edge.kind().equals("ww")) {
      List<Edge> path = path(edge.to(), edge.from(), other -> other.kind().equals("ww"));
      if (path != null) {
        return text("G0", edge, path);
      }
    }
    List<Edge> path = path(edge.to(), edge.from(), other -> !other.kind().equals("rw"));
    if (path != null) {
      return text(edge.kind().equals("rw") ? "G-single" : "G1c", edge, path);
    }
    path = edge.kind().equals("rw") ? path(edge.to(), edge.from(), other -> true) : null;
    return path == null ? null : text("G2", edge, path);
  }

  private List<Edge> path(int from, int to, Predicate<Edge> usable) {
    Map<Integer, Edge> cameBy = new HashMap<>();
    Deque<Integer> next = new ArrayDeque<>(List.of(from));
    while (!next.isEmpty()) {
      int at = next.remove();
      if (at == to) {
        return back(cameBy, from, to);
      }
      for (Edge edge : edges.getOrDefault(at, Set.of())) {
        if (usable.test(edge) && edge.to() != from && !cameBy.containsKey(edge.to())) {
          cameBy.put(edge.to(), edge);
          next.add(edge.to());
        }
      }
    }
    return null;
  }

  private static List<Edge> back(Map<Integer, Edge> cameBy, int from, int to) {
    List<Edge> path = new ArrayList<>();
    for (int at = to; at != from; at = cameBy.get(at).from()) {
      path.add(0, cameBy.get(at));
    }
    return path;
  }

  private static String text(String name, Edge first, List<Edge> rest) {
    List<String> all = new ArrayList<>();
    all.add(first.toString());
    rest.forEach(edge -> all.add(edge.toString()));
    return name + ": " + String.join(", ", all);
  }
}
