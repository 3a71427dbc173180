package dev.losses.server.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.losses.engine.Violation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

class ErrorBodyTest {
  private static final Problem BUSY = Problem.of(ProblemType.SERVER_BUSY, "Later.");
  private static final Problem MALFORMED = Problem.of(
      ProblemType.MALFORMED_JSON, "Not valid JSON.", List.of(new Violation("/id", "not valid")));

  @Test
  void aProblemIsADocumentOutsideOfTheProtocol() {
    for (String path : List.of("", "/", "/v1/losses", "/v2x", "/v20/models")) {
      ErrorBody body = ErrorBody.of(BUSY, path);
      assertEquals(MediaType.APPLICATION_PROBLEM_JSON, body.type());
      assertEquals(BUSY.toJson(), body.json());
      assertEquals(503, body.status());
    }
  }

  @Test
  void aProblemIsAnErrorWithinTheProtocol() {
    for (String path : List.of("/v2", "/v2/", "/v2/models/huber/infer")) {
      ErrorBody body = ErrorBody.of(BUSY, path);
      assertEquals(MediaType.APPLICATION_JSON, body.type());
      assertEquals(Map.of("error", "Later."), body.json());
      assertEquals(503, body.status());
    }
  }

  @Test
  void whereThePathIsNotKnownEitherReaderFindsItsOwn() {
    Map<String, Object> json = ErrorBody.of(BUSY, null).json();
    assertEquals("Later.", json.get("error"));
    assertEquals("Later.", json.get("detail"));
  }

  @Test
  void anErrorNamesThePositionsThatItsWordsLeaveOut() {
    assertEquals(
        Map.of("error", "/id: Not valid JSON."),
        ErrorBody.of(MALFORMED, "/v2/models").json());
    Problem told = Problem.of(
        ProblemType.INVALID_REQUEST, "/id: given twice", List.of(new Violation("/id", "twice")));
    assertEquals(
        Map.of("error", "/id: given twice"), ErrorBody.of(told, "/v2/models").json());
  }

  @Test
  void aVersionInThePathThatIsNotServedIsNotFound() {
    Problem problem = Problem.of(ProblemType.VERSION_NOT_LIVE, "Not in 2.");
    assertEquals(404, ErrorBody.of(problem, "/v2/models/huber/versions/2").status());
    assertEquals(409, ErrorBody.of(problem, "/v1/losses/huber/evaluate").status());
  }
}
