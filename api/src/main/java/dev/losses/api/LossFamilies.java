package dev.losses.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What families of losses there are: in which order they are shown, and what each is for. */
public final class LossFamilies {
  private static final Map<String, String> DESCRIPTIONS = Map.ofEntries(
      Map.entry("regression", "Losses of predicted numbers."),
      Map.entry("classification", "Losses of predicted probabilities and classes."),
      Map.entry("hinge", "Losses that ask for a margin between the classes."),
      Map.entry("ranking", "Losses of the order in which examples are put."),
      Map.entry("similarity", "Losses of distances between examples, for learning embeddings."),
      Map.entry("segmentation", "Losses of the overlap between a predicted and a true region."),
      Map.entry("sequence", "Losses of sequences that are aligned with their labels."),
      Map.entry("custom", "Losses of plugins that name no family."));
  private static final List<String> ORDER = List.of(
      "regression", "classification", "hinge", "ranking", "similarity", "segmentation", "sequence");

  private LossFamilies() {}

  /** The families of these losses in the order in which they are shown: the known ones, others by name, custom. */
  public static List<String> of(Collection<LossDefinition> losses) {
    TreeSet<String> all = new TreeSet<>();
    losses.forEach(loss -> all.add(loss.family()));
    List<String> ordered = new ArrayList<>(ORDER);
    ordered.retainAll(all);
    all.removeAll(ORDER);
    boolean custom = all.remove("custom");
    ordered.addAll(all);
    if (custom) {
      ordered.add("custom");
    }
    return ordered;
  }

  /** What the losses of a family are, in a sentence. */
  public static String describe(String family) {
    return DESCRIPTIONS.getOrDefault(family, "Losses of the family " + family + ".");
  }
}
