package dev.losses.server.inference;

import dev.losses.api.Parameter;
import dev.losses.spi.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a loss that came as a tensor, from a client that can send nothing else.
 *
 * @param parameter what the loss takes
 * @param tensor what came
 * @param datatype what it came as
 */
record ParameterTensor(Parameter parameter, Tensor tensor, Datatype datatype) {
  private static final int MOST_VALUES = 65_536;

  /** What is wrong with it, or null. */
  @Nullable
  String wrong() {
    return switch (parameter.type()) {
      case STRING, ENUM ->
        parameter.name()
            + " is a text; send it among the parameters of the request or in the query";
      case NUMBER, INTEGER, BOOLEAN ->
        tensor.size() == 1
            ? null
            : parameter.name() + " is a single value; send it with shape [1], not "
                + Arrays.toString(tensor.shape());
      case NUMBER_LIST, INTEGER_LIST ->
        tensor.rank() <= 1 && tensor.size() <= MOST_VALUES
            ? null
            : parameter.name() + " is a list of at most " + MOST_VALUES
                + " values; it came with shape " + Arrays.toString(tensor.shape());
    };
  }

  /** The value, where nothing is wrong. */
  Object value() {
    if (parameter.type().isList()) {
      return tensor.rank() == 0 ? List.of(element(0)) : list();
    }
    double value = tensor.get(0);
    boolean logical = parameter.type() == Parameter.Type.BOOLEAN && (value == 0 || value == 1);
    return logical ? (Object) (value == 1) : element(0);
  }

  private List<Number> list() {
    return IntStream.range(0, tensor.size()).mapToObj(this::element).toList();
  }

  private Number element(int position) {
    double value = tensor.get(position);
    boolean whole = !datatype.element().isFloating() && Math.abs(value) < 0x1p53;
    return whole ? (Number) (long) value : (Number) value;
  }
}
