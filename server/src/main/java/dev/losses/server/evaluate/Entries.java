package dev.losses.server.evaluate;

import dev.losses.engine.Violation;
import dev.losses.server.exchange.Answer;
import dev.losses.server.json.AnswerWriter;
import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import dev.losses.server.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answers of several losses, kept until they are written; a loss that fails does not fail the others. */
final class Entries {
  private static final Logger log = LoggerFactory.getLogger(Entries.class);

  private final long mostElements;
  private final List<Consumer<AnswerWriter>> entries = new ArrayList<>();
  private long elements;

  /** @param mostElements once the answers have more numbers than this in their lists, no further loss is evaluated */
  Entries(long mostElements) {
    this.mostElements = mostElements;
  }

  /** Evaluates the next loss. */
  void add(Supplier<Answer> evaluation) {
    int index = entries.size();
    try {
      refuseBeyondLimit(index);
      Answer answer = evaluation.get();
      elements += answer.elements();
      entries.add(writer -> writer.writeAnswer(answer));
    } catch (ProblemException e) {
      addError(e.problem());
    } catch (RuntimeException | Error e) {
      if (e instanceof VirtualMachineError && !(e instanceof StackOverflowError)) {
        throw e;
      }
      UUID id = UUID.randomUUID();
      log.error("Entry {} of a request failed, id {}", index, id, e);
      addError(Problem.internalError(id));
    }
  }

  private void refuseBeyondLimit(int index) {
    if (elements > mostElements) {
      String message = "the answer is full: the losses before this one have " + elements
          + " numbers in lists; ask for it in another request";
      throw new ProblemException(Problem.of(
          ProblemType.INVALID_REQUEST,
          message,
          List.of(new Violation("/losses/" + index, message))));
    }
  }

  private void addError(Problem problem) {
    entries.add(writer -> writer.writeError(problem.toJson()));
  }

  /** Writes them all. */
  void write(AnswerWriter writer) {
    writer.startResults();
    entries.forEach(entry -> entry.accept(writer));
    writer.endResults();
  }
}
