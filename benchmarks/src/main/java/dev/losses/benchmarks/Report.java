package dev.losses.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What was measured, as Markdown. */
record Report(List<Result> results) {
  private static final int SMALL = 32;

  @Override
  public String toString() {
    return results.isEmpty() ? "" : String.join("\n\n", table(), allocations()).strip();
  }

  private String table() {
    return """
        | work | size | threads | against | ours, ns/element | theirs, ns/element | theirs / ours |
        | --- | --- | --- | --- | --- | --- | --- |
        """
        + results.stream()
            .filter(result -> result.contender() == Contender.OURS)
            .map(this::rows)
            .collect(Collectors.joining())
            .strip();
  }

  private String rows(Result ours) {
    String peers = results.stream()
        .filter(other -> other.point().equals(ours.point()))
        .filter(
            other -> other.contender() != Contender.OURS && other.contender() != Contender.LIMIT)
        .map(peer ->
            row(ours, peer.contender().title(), peer, format("%.2f", peer.nanos() / ours.nanos())))
        .collect(Collectors.joining());
    String limits = results.stream()
        .filter(other -> other.contender() == Contender.LIMIT)
        .filter(other -> other.point().traffic().equals(ours.point().traffic()))
        .map(limit ->
            row(ours, "limit", limit, format("ours / limit %.2f", ours.nanos() / limit.nanos())))
        .collect(Collectors.joining());
    return peers + limits;
  }

  private static String row(Result ours, String against, Result theirs, String ratio) {
    Point point = ours.point();
    return format(
        "| %s | %s | %d | %s | %s | %s | %s |\n",
        point.work().title() + (point.gradient() ? ", value and gradient" : ", value"),
        point.shape(),
        point.threads(),
        against,
        time(ours),
        time(theirs),
        ratio);
  }

  private String allocations() {
    String each = results.stream()
        .filter(result ->
            result.contender() == Contender.OURS && result.point().shape().size() == SMALL)
        .map(result -> format(
            "%s%s %.0f",
            result.point().work().loss(),
            result.point().gradient() ? " with gradient" : "",
            result.bytes()))
        .collect(Collectors.joining(", "));
    return each.isEmpty()
        ? ""
        : "Bytes that one evaluation of 32 elements allocates: " + each + ".";
  }

  private static String time(Result result) {
    return format("%.3f ±%.0f %%", result.nanos(), 100 * result.spread());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
