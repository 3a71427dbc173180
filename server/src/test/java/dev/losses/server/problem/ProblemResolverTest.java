package dev.losses.server.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ProblemResolverTest {
  private final ProblemException busy =
      new ProblemException(Problem.of(ProblemType.SERVER_BUSY, "Later."));

  private final ProblemResolver resolver = new ProblemResolver();
  private final MockHttpServletRequest request = new MockHttpServletRequest();
  private final MockHttpServletResponse response = new MockHttpServletResponse();

  @Test
  void whoeverIsSentAwayIsToldWhenToComeBack() throws IOException {
    request.setServletPath("/v2/models/huber/infer");
    assertNotNull(resolver.resolveException(request, response, null, busy));
    assertEquals(503, response.getStatus());
    assertEquals("1", response.getHeader(HttpHeaders.RETRY_AFTER));
    assertEquals("{\"error\":\"Later.\"}", response.getContentAsString());
    assertEquals(response.getContentAsByteArray().length, response.getContentLength());
  }

  @Test
  void nothingIsAddedToAnAnswerThatHasBegun() throws IOException {
    response.setStatus(400);
    response.flushBuffer();
    assertNotNull(resolver.resolveException(request, response, null, busy));
    assertEquals(400, response.getStatus());
    assertEquals("", response.getContentAsString());
  }

  @Test
  void whatIsNoProblemIsLeftToOthers() {
    Exception failure = new IllegalStateException();
    assertNull(resolver.resolveException(request, response, null, failure));
  }
}
