package dev.losses.server.plugins;

import dev.losses.api.LossDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who may have a name. Built-in losses keep theirs, and so does a file that has it already. Of two newcomers that come
 * together neither gets it: which came first is chance, and which is wanted only their owner knows.
 */
final class Claims {
  private final Set<String> builtIn;
  private final Collection<Slot> slots;

  Claims(Collection<LossDefinition> builtIns, Collection<Slot> slots) {
    this.builtIn = builtIns.stream()
        .flatMap(loss -> loss.names().stream())
        .collect(Collectors.toUnmodifiableSet());
    this.slots = slots;
  }

  /**
   * What follows from a claim.
   *
   * @param refused the names that are refused; empty where the claim is granted
   * @param reason why
   * @param contested whether no newcomer gets them
   * @param displaced the files that lose what they serve
   */
  record Decision(Set<String> refused, String reason, boolean contested, List<Slot> displaced) {
    boolean granted() {
      return refused.isEmpty();
    }
  }

  /** Decides what a file that was attempted then may have of the names that it claims. */
  Decision decide(
      Slot claimant, Slot.Attempt attempt, Collection<String> claimed, boolean established) {
    Set<String> names = new TreeSet<>(claimed);
    Set<String> taken = new TreeSet<>(names);
    taken.retainAll(builtIn);
    if (!taken.isEmpty()) {
      return refused(taken, "there are built-in losses of that name", false, List.of());
    }
    List<Slot> displaced = new ArrayList<>();
    List<Slot> rivals = new ArrayList<>();
    for (Slot other : others(claimant)) {
      Slot.Active active = other.active;
      Set<String> owned = other.owned(names);
      if (active != null && !owned.isEmpty()) {
        if (active.established() || !attempt.together(active.attempt())) {
          return refused(owned, other.file + " has it already", false, List.of());
        }
        (established ? displaced : rivals).add(other);
        taken.addAll(owned);
      }
      if (!established && !other.contested(names).isEmpty()) {
        taken.addAll(other.contested(names));
        rivals.add(other);
      }
    }
    if (rivals.isEmpty()) {
      return new Decision(Set.of(), "", false, displaced);
    }
    String files =
        rivals.stream().map(rival -> rival.file).distinct().collect(Collectors.joining(" and "));
    displaced.addAll(rivals.stream().filter(rival -> rival.active != null).toList());
    return refused(taken, files + " claims it, too; keep one of them", true, displaced);
  }

  /** Whether what kept a quarantined file out is gone. */
  boolean mayTryAgain(Slot slot) {
    Slot.Quarantine quarantine = slot.quarantine;
    if (quarantine == null || quarantine.wanted().isEmpty()) {
      return false;
    }
    Set<String> names = quarantine.wanted();
    return names.stream().noneMatch(builtIn::contains)
        && others(slot).stream()
            .allMatch(other -> other.owned(names).isEmpty()
                && (!quarantine.contested() || other.contested(names).isEmpty()));
  }

  private List<Slot> others(Slot slot) {
    return slots.stream().filter(other -> other != slot).toList();
  }

  /** The text of a clash. */
  static String reason(Set<String> names, String why) {
    return (names.size() == 1 ? "The name " : "The names ") + String.join(", ", names) + ": " + why;
  }

  private static Decision refused(
      Set<String> names, String why, boolean contested, List<Slot> displaced) {
    return new Decision(names, reason(names, why), contested, displaced);
  }
}
