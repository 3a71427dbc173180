package dev.losses.server.inference;

import dev.losses.server.codec.ElementWriter;
import dev.losses.server.exchange.Answer;
import dev.losses.server.json.Json;
import dev.losses.server.json.PlainValues;
import dev.losses.spi.Tensor;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import tools.jackson.core.JsonGenerator;

/** Writes what a loss came to: JSON, and behind it the outputs that are to be binary, from their arrays to the wire. */
final class InferenceAnswerWriter {
  private final Answer answer;
  private final AnswerForm form;
  private final List<OutputTensor> outputs;

  /** @throws dev.losses.server.problem.ProblemException when an output is wanted that there is not */
  InferenceAnswerWriter(Answer answer, AnswerForm form) {
    this.answer = answer;
    this.form = form;
    this.outputs = Outputs.of(answer, form);
  }

  void write(HttpServletResponse response) throws IOException {
    long binary = outputs.stream().mapToLong(OutputTensor::bytes).sum();
    if (binary == 0) {
      response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    } else {
      long length = CountingStream.count(this::writeJson);
      response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
      response.setHeader(JsonPart.LENGTH_HEADER, Long.toString(length));
      response.setContentLengthLong(length + binary);
    }
    OutputStream out = response.getOutputStream();
    writeJson(out);
    for (OutputTensor output : outputs) {
      if (output.binary()) {
        ElementWriter.write(output.tensor(), out);
      }
    }
  }

  private void writeJson(OutputStream out) {
    try (JsonGenerator json = Json.generator(out)) {
      json.writeStartObject();
      json.writeStringProperty("model_name", answer.name());
      json.writeStringProperty("model_version", answer.source().version());
      if (form.id() != null) {
        json.writeStringProperty("id", form.id());
      }
      json.writeName("parameters");
      PlainValues.write(json, parameters());
      json.writeName("outputs");
      json.writeStartArray();
      outputs.forEach(output -> writeOutput(json, output));
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  /** Clients expect single values here. */
  private Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    answer.parameters().forEach((name, value) -> {
      if (value != null) {
        parameters.put(name, value instanceof List<?> list ? list.toString() : value);
      }
    });
    parameters.put("reduction", answer.result().reduction().wireName());
    parameters.put("plugin", answer.source().plugin());
    parameters.put("digest", answer.source().digest());
    List<String> warnings = answer.result().warnings();
    if (!warnings.isEmpty()) {
      parameters.put("warnings", String.join("; ", warnings));
    }
    return parameters;
  }

  private static void writeOutput(JsonGenerator json, OutputTensor output) {
    json.writeStartObject();
    json.writeStringProperty("name", output.name());
    json.writeStringProperty("datatype", output.datatype().name());
    json.writeName("shape");
    int[] shape = output.tensor().shape();
    json.writeArray(shape, 0, shape.length);
    if (output.binary()) {
      json.writeName("parameters");
      PlainValues.write(json, Map.of(InputReader.BINARY_DATA_SIZE, output.bytes()));
    } else {
      json.writeName("data");
      writeData(json, output.tensor(), output.isFloat32());
    }
    json.writeEndObject();
  }

  private static void writeData(JsonGenerator json, Tensor tensor, boolean float32) {
    json.writeStartArray();
    for (int i = 0; i < tensor.size(); i++) {
      if (float32) {
        json.writeNumber(tensor.floats()[i]);
      } else {
        json.writeNumber(tensor.doubles()[i]);
      }
    }
    json.writeEndArray();
  }
}
