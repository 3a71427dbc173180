package dev.losses.benchmarks;

import dev.losses.api.LossCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** Measures every point that a filter finds, contender after contender, and writes the table. */
public final class Main {
  private Main() {}

  /**
   * Starts it.
   *
   * @param arguments the page to write the table into, a folder for natives, and optionally a filter; with a filter the
   *     table is printed alone
   */
  public static void main(String[] arguments) throws RunnerException, IOException {
    Pattern filter = Pattern.compile(arguments.length > 2 ? arguments[2] : "");
    List<Point> points = points(Runtime.getRuntime().availableProcessors()).stream()
        .filter(point -> filter.matcher(point.toString()).find())
        .toList();
    if (points.isEmpty()) {
      throw new IllegalArgumentException("Nothing matches " + filter);
    }
    List<Result> results = new ArrayList<>();
    Set<String> limits = new HashSet<>();
    for (Point point : points) {
      for (Contender contender : Contender.values()) {
        boolean known = contender == Contender.LIMIT && !limits.add(point.traffic());
        if (contender.takesPart(point) && !known) {
          Result result = measure(point, contender, arguments[1]);
          results.add(result);
          System.out.printf(
              Locale.ROOT,
              "%-55s %-15s %10.3f ns/element +-%.0f %%%n",
              point,
              contender.title(),
              result.nanos(),
              100 * result.spread());
        }
      }
    }
    String report = new Report(results).toString();
    System.out.println();
    System.out.println(report);
    if (arguments.length <= 2) {
      new Page(Path.of(arguments[0])).put(report);
    }
  }

  private static List<Point> points(int cores) {
    LossCatalog catalog = LossCatalog.load();
    List<Point> points = new ArrayList<>();
    for (Work work : Work.ALL) {
      if (catalog.find(work.loss()).isPresent()) {
        for (boolean gradient : new boolean[] {false, true}) {
          work.shapes().forEach(shape -> points.add(new Point(work, shape, gradient, 1)));
          if (cores > 1) {
            work.largeShapes()
                .forEach(shape -> points.add(new Point(work, shape, gradient, cores)));
          }
        }
      }
    }
    return points;
  }

  private static Result measure(Point point, Contender contender, String cacheDirectory)
      throws RunnerException {
    Options options = new OptionsBuilder()
        .include(SideBySide.class.getName())
        .param("contender", contender.name())
        .param("point", point.toString())
        .jvmArgs(contender.jvmArguments(point, cacheDirectory).toArray(new String[0]))
        .addProfiler(GCProfiler.class)
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true)
        .build();
    RunResult run = new Runner(options).runSingle();
    Statistics times = run.getPrimaryResult().getStatistics();
    double median = times.getPercentile(50);
    return new Result(
        point,
        contender,
        median / contender.evaluations(point) / point.shape().size(),
        (times.getMax() - times.getMin()) / 2 / median,
        Objects.requireNonNull(run.getSecondaryResults().get("gc.alloc.rate.norm"))
            .getScore());
  }
}
