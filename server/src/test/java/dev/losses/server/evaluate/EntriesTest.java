package dev.losses.server.evaluate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.losses.api.Loss;
import dev.losses.api.LossCatalog;
import dev.losses.engine.Gradients;
import dev.losses.engine.LossInputs;
import dev.losses.engine.Reduction;
import dev.losses.server.exchange.Answer;
import dev.losses.server.json.AnswerWriter;
import dev.losses.spi.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EntriesTest {
  private final Entries entries = new Entries(5);

  @Test
  void anyErrorOfALossLeavesTheOthersTheirAnswers() throws IOException {
    entries.add(() -> {
      throw new OfALoss();
    });
    entries.add(() -> {
      throw new StackOverflowError();
    });
    entries.add(() -> answer(Gradients.NONE));
    assertEquals("internal-error", written().at("/0/error/code").asString());
    assertEquals("internal-error", written().at("/1/error/code").asString());
    assertEquals(0.5, written().at("/2/loss").asDouble());
  }

  @Test
  void anErrorOfTheMachineEndsTheRequest() {
    assertThrows(
        OutOfMemoryError.class,
        () -> entries.add(() -> {
          throw new OutOfMemoryError();
        }));
  }

  @Test
  void answersThatWouldFillTheMemoryAreRefused() throws IOException {
    for (int i = 0; i < 4; i++) {
      entries.add(() -> answer(Gradients.COMPUTE));
    }
    assertEquals(2, written().at("/2/gradients/y_pred").size());
    assertEquals(422, written().at("/3/error/status").asInt());
    assertEquals("/losses/3", written().at("/3/error/errors/0/pointer").asString());
  }

  private static Answer answer(Gradients gradients) {
    Loss loss = LossCatalog.load().loss("huber");
    LossInputs inputs = LossInputs.named(Map.of(
        "y_true", Tensor.of(new double[] {0, 0}, 2), "y_pred", Tensor.of(new double[] {1, 1}, 2)));
    return Answer.of(loss, loss.evaluate(inputs, Reduction.MEAN, gradients));
  }

  private JsonNode written() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (AnswerWriter writer = new AnswerWriter(out)) {
      entries.write(writer);
    }
    return new JsonMapper().readTree(out.toString(UTF_8)).path("results");
  }

  private static final class OfALoss extends Error {
    private static final long serialVersionUID = 1L;
  }
}
