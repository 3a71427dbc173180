package dev.losses.server.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.losses.api.LossErrorCode;
import dev.losses.api.LossException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class LossProblemsTest {

  @Test
  void theWordsOfALossThatFailedAreNotTold() {
    LossException failure = LossException.of(LossErrorCode.LOSS_FAILURE, "secret: /etc/passwd");
    ProblemAdvice advice = new ProblemAdvice(new MockHttpServletRequest());
    Object body = advice.refused(failure).getBody();
    assertEquals(LossProblems.of(failure).toJson(), body);
    assertEquals(
        "A loss failed; the server's log has the reason.",
        LossProblems.of(failure).detail());
  }

  @Test
  void whatTheCallerCanMendIsTold() {
    LossException refusal = LossException.of(LossErrorCode.INVALID_INPUTS, "too short");
    assertEquals("too short", LossProblems.of(refusal).detail());
  }
}
