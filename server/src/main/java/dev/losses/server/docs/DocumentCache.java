package dev.losses.server.docs;

import dev.losses.server.catalog.Catalog;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.util.DigestUtils;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Keeps the rendered OpenAPI documents until the losses change. springdoc's own cache does not notice a change, and
 * without one a document of many losses takes it a fifth of a second.
 */
@Component
class DocumentCache extends OncePerRequestFilter {
  /** The attribute of a request whose document lacks a loss that may be documented the next time. */
  static final String INCOMPLETE = DocumentCache.class.getName() + ".incomplete";

  private final Catalog catalog;
  private final Map<String, Document> documents = new ConcurrentHashMap<>();

  DocumentCache(Catalog catalog) {
    this.catalog = catalog;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String path = request.getRequestURI();
    return !(request.getMethod().equals("GET")
        && (path.equals("/v3/api-docs") || path.equals("/v3/api-docs.yaml")));
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long generation = generation();
    Document document = documents.get(request.getRequestURI());
    if (document == null || document.generation != generation) {
      document = render(request, response, chain, generation);
    }
    if (document == null) {
      return;
    }
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    if (!new ServletWebRequest(request, response).checkNotModified(document.etag)) {
      response.setContentType(document.contentType);
      response.setContentLength(document.body.length);
      response.getOutputStream().write(document.body);
    }
  }

  /** The document, or nothing when something else was answered. */
  private @Nullable Document render(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain, long generation)
      throws ServletException, IOException {
    ContentCachingResponseWrapper rendered = new ContentCachingResponseWrapper(response);
    chain.doFilter(request, rendered);
    String contentType = rendered.getContentType();
    if (rendered.getStatus() != HttpServletResponse.SC_OK || contentType == null) {
      rendered.copyBodyToResponse();
      return null;
    }
    byte[] content = rendered.getContentAsByteArray();
    // Of the content, not of the generation: generations start anew with the server.
    String etag = '"' + DigestUtils.md5DigestAsHex(content) + '"';
    Document document = new Document(generation, contentType, etag, content);
    if (generation() == generation && request.getAttribute(INCOMPLETE) == null) {
      documents.put(request.getRequestURI(), document);
    }
    return document;
  }

  private long generation() {
    try (Catalog.Lease lease = catalog.lease()) {
      return lease.generation();
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Never changed.
  private record Document(long generation, String contentType, String etag, byte[] body) {}
}
