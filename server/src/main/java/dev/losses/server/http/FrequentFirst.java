package dev.losses.server.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Compares a request with the paths of frequent handlers first. Spring compares it with all there are, and so takes as long to
 * find the handler of a small request as it takes to read its JSON.
 */
final class FrequentFirst extends RequestMappingHandlerMapping {
  private Map<RequestMappingInfo, HandlerMethod> frequent = Map.of();

  @Override
  protected void handlerMethodsInitialized(Map<RequestMappingInfo, HandlerMethod> handlers) {
    super.handlerMethodsInitialized(handlers);
    Map<RequestMappingInfo, HandlerMethod> found = new HashMap<>(handlers);
    found.values().removeIf(handler -> !handler.hasMethodAnnotation(Frequent.class));
    frequent = Map.copyOf(found);
  }

  @Override
  protected @Nullable HandlerMethod lookupHandlerMethod(String path, HttpServletRequest request)
      throws Exception {
    for (Map.Entry<RequestMappingInfo, HandlerMethod> each : frequent.entrySet()) {
      RequestMappingInfo match = getMatchingMapping(each.getKey(), request);
      if (match != null) {
        request.setAttribute(BEST_MATCHING_HANDLER_ATTRIBUTE, each.getValue());
        handleMatch(match, path, request);
        return each.getValue();
      }
    }
    return super.lookupHandlerMethod(path, request);
  }
}
