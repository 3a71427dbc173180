package dev.losses.server.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.EOFException;
import java.io.IOException;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.ServletWebRequest;

class ProblemAdviceTest {
  private final MockHttpServletRequest request = new MockHttpServletRequest();
  private final ProblemAdvice advice = new ProblemAdvice(request);

  @Test
  void aCallerWhoHangsUpIsNoFailureOfTheServer() {
    assertNull(failed(new ClientAbortException(new IOException("Broken pipe"))));
  }

  @Test
  void anAnswerThatCannotBeWrittenIs() {
    ResponseEntity<Object> answer = failed(new EOFException());
    assertNotNull(answer);
    assertEquals(500, answer.getStatusCode().value());
  }

  private ResponseEntity<Object> failed(Exception cause) {
    return advice.failed(
        new HttpMessageNotWritableException("Could not write JSON", cause),
        new ServletWebRequest(request));
  }
}
