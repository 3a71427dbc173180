package dev.losses.server.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Compares a request with the paths of frequent handlers first. Spring compares it with all there are, which takes up to a
 * tenth of the time of a small request.
 */
final class FrequentFirst extends RequestMappingHandlerMapping {
  private List<Map.Entry<RequestMappingInfo, HandlerMethod>> frequent = List.of();

  @Override
  protected void handlerMethodsInitialized(Map<RequestMappingInfo, HandlerMethod> handlers) {
    super.handlerMethodsInitialized(handlers);
    frequent = handlers.entrySet().stream()
        .filter(each -> each.getValue().hasMethodAnnotation(Frequent.class))
        .map(Map.Entry::copyOf)
        .toList();
  }

  @Override
  protected @Nullable HandlerMethod lookupHandlerMethod(String path, HttpServletRequest request)
      throws Exception {
    for (Map.Entry<RequestMappingInfo, HandlerMethod> each : frequent) {
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
