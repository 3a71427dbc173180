package dev.losses.server.inference;

import dev.losses.api.LossDefinition;
import dev.losses.spi.Domain;
import dev.losses.spi.Input;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Describes a loss as a model. Any datatype and any rank is taken; the protocol has room for one of each. */
final class ModelMetadata {
  private static final int ANY = -1;

  private ModelMetadata() {}

  static Map<String, Object> of(LossDefinition loss) {
    List<Map<String, Object>> inputs = new ArrayList<>();
    List<Map<String, Object>> outputs = new ArrayList<>();
    outputs.add(tensor(RequestedOutput.LOSS, Datatype.FP32, List.of(1)));
    for (Input input : loss.inputs()) {
      boolean label = input.domain() == Domain.CLASS_INDEX;
      inputs.add(tensor(input.name(), label ? Datatype.INT64 : Datatype.FP32, shape(input)));
      if (input.differentiable()) {
        outputs.add(tensor(RequestedOutput.gradient(input.name()), Datatype.FP32, shape(input)));
      }
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", loss.name());
    json.put("versions", List.of(loss.source().version()));
    json.put("platform", "losses");
    json.put("inputs", inputs);
    json.put("outputs", outputs);
    return json;
  }

  private static Map<String, Object> tensor(String name, Datatype datatype, List<Integer> shape) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("datatype", datatype.name());
    json.put("shape", shape);
    return json;
  }

  private static List<Integer> shape(Input input) {
    return switch (input.extent()) {
      case ROW -> List.of(ANY);
      case ELEMENT -> List.of(ANY, ANY);
      case FREE -> {
        List<Integer> shape = new ArrayList<>(List.of(ANY));
        int axes = Math.max(1, input.exampleAxes().size());
        for (int i = 0; i < axes; i++) {
          shape.add(ANY);
        }
        yield shape;
      }
    };
  }
}
