package dev.losses.api.internal;

import dev.losses.api.LossDefinition;
import dev.losses.api.LossNames;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the losses that a text may mean. */
public final class Search {
  /** What people add to a name without meaning anything by it. */
  private static final Set<String> FILLERS = Set.of("loss", "losses", "function");

  private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private final List<String> words;
  private final String whole;
  private final String joined;

  private Search(String text) {
    List<String> all = words(text);
    List<String> telling = all.stream().filter(word -> !FILLERS.contains(word)).toList();
    this.words = telling.isEmpty() ? all : telling;
    this.whole = String.join("", all);
    this.joined = String.join("", words);
  }

  /** The losses that match, best first, equally good ones by name; all of them for a text without words. */
  public static List<LossDefinition> best(String text, Collection<LossDefinition> losses) {
    Search search = new Search(text);
    return losses.stream()
        .map(loss -> new Hit(loss, search.match(loss)))
        .filter(hit -> hit.match != Match.NONE)
        .sorted(Comparator.comparing(Hit::match).thenComparing(hit -> hit.loss.name()))
        .map(Hit::loss)
        .toList();
  }

  /** How well a loss matches, the best first. */
  private enum Match {
    NAME,
    START_OF_NAME,
    PART_OF_NAME,
    WORDS_IN_NAMES,
    WORDS_IN_TEXT,
    NONE
  }

  private record Hit(LossDefinition loss, Match match) {}

  private Match match(LossDefinition loss) {
    List<String> names =
        loss.names().stream().map(name -> String.join("", words(name))).toList();
    if (names.contains(whole) || names.contains(joined)) {
      return Match.NAME;
    } else if (names.stream().anyMatch(name -> name.startsWith(joined))) {
      return Match.START_OF_NAME;
    } else if (names.stream().anyMatch(name -> name.contains(joined))) {
      return Match.PART_OF_NAME;
    } else if (words.stream()
        .allMatch(word -> names.stream().anyMatch(n -> n.contains(singular(word))))) {
      return Match.WORDS_IN_NAMES;
    }
    List<String> text = Stream.of(
            loss.names(), List.of(loss.family(), loss.description()), loss.references())
        .flatMap(List::stream)
        .flatMap(part -> words(part).stream())
        .toList();
    return words.stream().allMatch(word -> beginsOne(word, text))
        ? Match.WORDS_IN_TEXT
        : Match.NONE;
  }

  private static boolean beginsOne(String word, List<String> text) {
    return text.stream().anyMatch(each -> each.startsWith(singular(word)));
  }

  /** A plural is to find its singular too. */
  private static String singular(String word) {
    return word.length() > 3 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
  }

  /** The words in lower case; {@code KLDivergence} is two. */
  private static List<String> words(String text) {
    return SEPARATORS
        .splitAsStream(LossNames.normalize(text))
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
