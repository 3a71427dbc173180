package dev.losses.server.evaluate;

import dev.losses.api.LossDefinition;
import dev.losses.server.catalog.Catalog;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** The paths on which one loss is evaluated. */
public final class EvaluationPaths {
  /** Of our own protocol, with the loss's name. */
  public static final String EVALUATE = "/v1/losses/{name}/evaluate";

  /** Of the Open Inference Protocol, with the loss's name. */
  public static final String INFER = "/v2/models/{model}/infer";

  /** Of the Open Inference Protocol, with the loss's name and its version. */
  public static final String INFER_VERSION = "/v2/models/{model}/versions/{version}/infer";

  /** With the variable that is the loss's name. */
  private static final Map<PathPattern, String> PATTERNS =
      Map.of(pattern(EVALUATE), "name", pattern(INFER), "model", pattern(INFER_VERSION), "model");

  private EvaluationPaths() {}

  private static PathPattern pattern(String path) {
    return PathPatternParser.defaultInstance.parse(path);
  }

  /** The loss that a request is for, as Spring will read its path; none where there is no such path or loss. */
  static Optional<LossDefinition> loss(HttpServletRequest request, Catalog.Lease lease) {
    PathContainer path = ServletRequestPathUtils.parseAndCache(request).pathWithinApplication();
    for (Map.Entry<PathPattern, String> each : PATTERNS.entrySet()) {
      PathPattern.PathMatchInfo match = each.getKey().matchAndExtract(path);
      String name = match == null ? null : match.getUriVariables().get(each.getValue());
      if (name != null) {
        return lease.losses().find(name);
      }
    }
    return Optional.empty();
  }
}
