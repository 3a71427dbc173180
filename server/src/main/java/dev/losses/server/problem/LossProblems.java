package dev.losses.server.problem;

import dev.losses.api.LossDefinition;
import dev.losses.api.LossException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What callers learn of a refusal: all of what they can mend. The words of a loss that failed may tell of files and
 * classes, so they go to the log alone.
 */
public final class LossProblems {
  private static final Logger log = LoggerFactory.getLogger(LossProblems.class);

  private LossProblems() {}

  /** What the catalogue refused. */
  public static Problem of(LossException e) {
    return of(e, "A loss");
  }

  /** What a loss refused, or that it failed. */
  public static Problem of(LossException e, LossDefinition definition) {
    return of(e, name(definition));
  }

  /** That a loss failed. */
  public static Problem failed(LossDefinition definition, String why) {
    return failed(name(definition), name(definition) + " failed: " + why);
  }

  /** That a loss is not served in the version asked for, but in this one. */
  public static Problem versionNotLive(LossDefinition current, String version) {
    return Problem.of(
        ProblemType.VERSION_NOT_LIVE,
        "The loss '" + current.name() + "' is not served in version '" + version + "'; it is in "
            + current.source().version() + "#" + current.source().digest() + ".");
  }

  private static Problem of(LossException e, String loss) {
    return e.code().callersFault() ? Problem.of(e) : failed(loss, String.valueOf(e.getMessage()));
  }

  private static Problem failed(String loss, String why) {
    log.warn("{}", why.replaceAll("\\p{Cntrl}+", " ")); // Parts of it are an author's.
    return Problem.of(
        ProblemType.PLUGIN_FAILURE, loss + " failed; the server's log has the reason.");
  }

  private static String name(LossDefinition definition) {
    return "The loss '" + definition.name() + "' of " + definition.source().plugin();
  }
}
