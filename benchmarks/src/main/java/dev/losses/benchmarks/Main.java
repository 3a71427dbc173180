package dev.losses.benchmarks;

import dev.losses.api.LossCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.RunnerException;

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
    List<GroupReport.Line> groups = groups(filter);
    if (results.isEmpty() && groups.isEmpty()) {
      throw new IllegalArgumentException("Nothing matches " + filter);
    }
    String report = String.join(
        "\n\n",
        Conditions.describe(),
        new Report(results).toString(),
        new GroupReport(groups).toString());
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
    Jmh.Call call = Jmh.run(
        SideBySide.class,
        Map.of("contender", contender.name(), "point", point.toString()),
        contender.jvmArguments(point, cacheDirectory));
    return new Result(
        point,
        contender,
        call.nanos() / contender.evaluations(point) / point.shape().size(),
        call.spread(),
        call.bytes());
  }

  /** Every pointwise loss among its like; a filter is matched against names such as group/huber/value. */
  private static List<GroupReport.Line> groups(Pattern filter) throws RunnerException {
    List<GroupReport.Line> lines = new ArrayList<>();
    for (Pointwise loss : Pointwise.all()) {
      for (boolean gradient : new boolean[] {false, true}) {
        String name = "group/" + loss.loss() + "/" + (gradient ? "gradient" : "value");
        if (filter.matcher(name).find()) {
          Jmh.Call call = Jmh.run(
              PointwiseLoss.class,
              Map.of("loss", loss.loss(), "gradient", String.valueOf(gradient)),
              List.of("--add-modules=jdk.incubator.vector", "-Xmx4g", "-Dlosses.threads=1"));
          lines.add(new GroupReport.Line(loss, gradient, call));
          System.out.printf(
              Locale.ROOT,
              "%-55s %10.3f ns/element +-%.0f %%%n",
              name,
              call.nanos() / PointwiseLoss.ELEMENTS,
              100 * call.spread());
        }
      }
    }
    return lines;
  }
}
