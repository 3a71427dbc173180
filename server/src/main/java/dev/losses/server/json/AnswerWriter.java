package dev.losses.server.json;

import dev.losses.api.LossSource;
import dev.losses.engine.LossResult;
import dev.losses.engine.Reduction;
import dev.losses.server.exchange.Answer;
import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.io.OutputStream;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Streams answers; arrays go from the result to the wire without a copy. */
public final class AnswerWriter implements AutoCloseable {
  private final JsonGenerator json;

  /** Writes to a stream, which stays open. */
  public AnswerWriter(OutputStream out) {
    this.json = Json.generator(out);
  }

  /** Begins the answer to a request for several losses; what is written next are its entries. */
  public void startResults() {
    json.writeStartObject();
    json.writeName("results");
    json.writeStartArray();
  }

  /** Ends the answer to a request for several losses. */
  public void endResults() {
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Writes what a loss came to. */
  public void writeAnswer(Answer answer) {
    LossResult result = answer.result();
    json.writeStartObject();
    json.writeName("loss");
    writeLoss(result);
    if (!result.gradients().isEmpty()) {
      json.writeName("gradients");
      json.writeStartObject();
      result.gradients().forEach((input, gradient) -> {
        json.writeName(input);
        writeTensor(gradient);
      });
      json.writeEndObject();
    }
    json.writeStringProperty("reduction", result.reduction().wireName());
    json.writeStringProperty("dtype", result.dtype().wireName());
    json.writeName("parameters");
    PlainValues.write(json, answer.parameters());
    json.writeName("warnings");
    PlainValues.write(json, result.warnings());
    writeSource(answer.name(), answer.source());
    json.writeEndObject();
  }

  /** Writes why one of several losses came to nothing. */
  public void writeError(Map<String, Object> problem) {
    PlainValues.write(json, Map.of("error", problem));
  }

  private void writeLoss(LossResult result) {
    if (result.reduction() == Reduction.NONE) {
      writeTensor(result.losses());
    } else if (result.dtype() == DType.FLOAT32) {
      json.writeNumber((float) result.value());
    } else {
      json.writeNumber(result.value());
    }
  }

  private void writeSource(String name, LossSource source) {
    json.writeName("source");
    json.writeStartObject();
    json.writeStringProperty("name", name);
    json.writeStringProperty("version", source.version());
    json.writeStringProperty("plugin", source.plugin());
    json.writeStringProperty("digest", source.digest());
    json.writeEndObject();
  }

  private void writeTensor(Tensor tensor) {
    writeAxis(tensor, tensor.shape(), 0, 0, tensor.size());
  }

  private void writeAxis(Tensor tensor, int[] shape, int axis, int from, int to) {
    if (axis == shape.length) {
      writeElement(tensor, from);
      return;
    }
    json.writeStartArray();
    if (axis == shape.length - 1) {
      for (int i = from; i < to; i++) {
        writeElement(tensor, i);
      }
    } else {
      int step = (to - from) / shape[axis];
      for (int i = from; i < to; i += step) {
        writeAxis(tensor, shape, axis + 1, i, i + step);
      }
    }
    json.writeEndArray();
  }

  private void writeElement(Tensor tensor, int position) {
    if (tensor.dtype() == DType.FLOAT32) {
      json.writeNumber(tensor.floats()[position]);
    } else {
      json.writeNumber(tensor.doubles()[position]);
    }
  }

  @Override
  public void close() {
    json.close();
  }
}
