package dev.losses.api.internal;

import dev.losses.api.LossNames;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Names that a mistyped one may have meant. */
public final class Suggestions {
  private static final int AT_MOST = 3;
  private static final int SHORTEST_PART = 3;
  private static final int LONGEST_NAME = 128;

  private Suggestions() {}

  /** At most three known names, nearest first; only those that are near enough to have been meant. */
  public static List<String> near(String name, Collection<String> known) {
    String wanted = LossNames.normalize(name);
    if (wanted.isEmpty() || wanted.length() > LONGEST_NAME) {
      return List.of();
    }
    return known.stream()
        .distinct()
        .flatMap(each -> Candidate.stream(wanted, each))
        .sorted(Comparator.comparing(Candidate::isPart)
            .thenComparing(Candidate::distance)
            .thenComparing(Candidate::name))
        .limit(AT_MOST)
        .map(Candidate::name)
        .toList();
  }

  /** A slip of the keyboard comes before a name that has only a part in common. */
  private record Candidate(String name, int distance, boolean isPart) {
    private static final LevenshteinDistance EDITS = new LevenshteinDistance(LONGEST_NAME);

    static Stream<Candidate> stream(String wanted, String name) {
      int distance = EDITS.apply(wanted, name);
      if (distance <= Math.max(1, Math.max(wanted.length(), name.length()) / 3)) {
        return Stream.of(new Candidate(name, distance, false));
      }
      boolean part = (wanted.length() >= SHORTEST_PART && name.contains(wanted))
          || ("_" + wanted + "_").contains("_" + name + "_");
      return part ? Stream.of(new Candidate(name, distance, true)) : Stream.empty();
    }
  }
}
