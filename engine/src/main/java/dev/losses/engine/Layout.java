package dev.losses.engine;

import dev.losses.spi.DType;
import dev.losses.spi.Domain;
import dev.losses.spi.Extent;
import dev.losses.spi.Input;
import dev.losses.spi.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How the inputs of one evaluation lie.
 *
 * @param tensors in the order of the declared inputs
 * @param dtype the dtype they share
 * @param lossShape the shape of the unreduced loss
 * @param positions how many unreduced losses there are
 * @param columns the size of the last axis; 1 for a batch of scalars
 */
@SuppressWarnings("ArrayRecordComponent") // Of this package only.
record Layout(List<Tensor> tensors, DType dtype, int[] lossShape, int positions, int columns) {

  /** The same with other tensors in their places. */
  Layout with(List<Tensor> others) {
    return new Layout(others, dtype, lossShape, positions, columns);
  }

  private static final int MOST_FLOAT32_CLASSES = 1 << 24;

  /** Checks names, dtypes and shapes of the inputs of a formula. */
  static Layout ofFormula(List<Input> inputs, boolean byRow, LossInputs given) {
    List<Tensor> tensors = tensors(inputs, given);
    int reference = reference(inputs);
    Tensor main = tensors.get(reference);
    String name = inputs.get(reference).name();
    if (byRow && main.rank() < 2) {
      refuse(
          List.of(new Violation(
              "/" + name,
              name + " has shape " + Arrays.toString(main.shape())
                  + ", but this loss looks along rows: it needs a shape [batch, ..., features]")),
          given);
    }
    refuse(mismatches(inputs, tensors, reference), given);
    int columns = main.rank() == 1 ? 1 : main.axis(main.rank() - 1);
    refuse(indistinctClasses(inputs, main.dtype(), columns), given);
    return new Layout(tensors, main.dtype(), rowShape(main), main.size() / columns, columns);
  }

  /** A float32 label beyond 2^24 may mean either of two neighbouring classes. */
  private static List<Violation> indistinctClasses(List<Input> inputs, DType dtype, int columns) {
    if (dtype == DType.FLOAT64 || columns <= MOST_FLOAT32_CLASSES) {
      return List.of();
    }
    return inputs.stream()
        .filter(input -> input.domain() == Domain.CLASS_INDEX)
        .map(input -> new Violation(
            "/" + input.name(),
            "float32 tells at most " + MOST_FLOAT32_CLASSES + " classes apart, there are " + columns
                + "; use float64"))
        .toList();
  }

  /** Checks names, dtypes, batch and declared extents of the inputs of an array loss. */
  static List<Tensor> ofArrays(List<Input> inputs, LossInputs given) {
    List<Tensor> tensors = tensors(inputs, given);
    List<Violation> violations = new ArrayList<>();
    for (int i = 1; i < tensors.size(); i++) {
      if (tensors.get(i).axis(0) != tensors.get(0).axis(0)) {
        violations.add(new Violation(
            "/" + inputs.get(i).name(),
            inputs.get(i).name() + " has shape "
                + Arrays.toString(tensors.get(i).shape()) + " but "
                + inputs.get(0).name() + " has shape "
                + Arrays.toString(tensors.get(0).shape())
                + "; the batch, the first axis, must be equal"));
      }
    }
    int reference = reference(inputs);
    if (violations.isEmpty() && reference >= 0) {
      violations.addAll(mismatches(inputs, tensors, reference));
    }
    refuse(violations, given);
    return tensors;
  }

  private static List<Violation> mismatches(
      List<Input> inputs, List<Tensor> tensors, int reference) {
    Tensor main = tensors.get(reference);
    List<Violation> violations = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      Extent extent = inputs.get(i).extent();
      int axes = extent == Extent.ROW && main.rank() > 1 ? main.rank() - 1 : main.rank();
      if (extent != Extent.FREE && !sameButForTrailingOne(tensors.get(i), main, axes)) {
        int[] expected = extent == Extent.ROW ? rowShape(main) : main.shape();
        violations.add(mismatch(
            inputs.get(i),
            tensors.get(i).shape(),
            expected,
            inputs.get(reference).name(),
            main.shape()));
      }
    }
    return violations;
  }

  private static int[] rowShape(Tensor main) {
    return main.rank() == 1 ? main.shape() : Arrays.copyOf(main.shape(), main.rank() - 1);
  }

  /** Refuses the inputs if something is wrong, together with what is wrong with the weights as such. */
  private static void refuse(List<Violation> violations, LossInputs given) {
    if (!violations.isEmpty()) {
      List<Violation> all = new ArrayList<>(violations);
      all.addAll(Weighting.valueViolations(given.sampleWeight()));
      throw new InvalidInputsException(all);
    }
  }

  private static List<Tensor> tensors(List<Input> inputs, LossInputs given) {
    List<Tensor> tensors = new ArrayList<>(inputs.size());
    boolean sound = given.tensors().size() == inputs.size();
    for (int i = 0; i < inputs.size(); i++) {
      Tensor tensor = given.tensors().get(inputs.get(i).name());
      if (tensor != null) {
        tensors.add(tensor);
      }
      sound &= tensor != null
          && tensor.rank() > 0
          && tensor.size() > 0
          && tensor.dtype() == tensors.get(0).dtype();
    }
    return sound ? tensors : explained(inputs, given);
  }

  /** The same, telling what is wrong. */
  private static List<Tensor> explained(List<Input> inputs, LossInputs given) {
    List<Violation> violations = new ArrayList<>();
    List<String> names = inputs.stream().map(Input::name).toList();
    given.tensors().keySet().stream()
        .filter(name -> !names.contains(name))
        .forEach(name -> violations.add(new Violation(
            "/" + name,
            "the loss has no input '" + name + "'; its inputs are " + String.join(", ", names))));
    List<Tensor> tensors = new ArrayList<>();
    for (String name : names) {
      Tensor tensor = given.tensors().get(name);
      if (tensor == null) {
        violations.add(new Violation("/" + name, "the input '" + name + "' is missing"));
      } else {
        tensors.add(tensor);
        emptiness(name, tensor).ifPresent(violations::add);
      }
    }
    if (tensors.stream().map(Tensor::dtype).distinct().count() > 1) {
      violations.add(new Violation(
          "/" + names.get(0), "the inputs mix float32 and float64; give all the same dtype"));
    }
    refuse(violations, given);
    return tensors;
  }

  private static Optional<Violation> emptiness(String name, Tensor tensor) {
    String shape = Arrays.toString(tensor.shape());
    if (tensor.rank() == 0) {
      return Optional.of(new Violation(
          "/" + name, name + " is a single number; it needs a batch axis, such as [1]"));
    }
    if (tensor.axis(0) == 0) {
      return Optional.of(
          new Violation("/" + name, name + " has shape " + shape + ": the batch is empty"));
    }
    return tensor.size() == 0
        ? Optional.of(
            new Violation("/" + name, name + " has shape " + shape + ": no axis may have size 0"))
        : Optional.empty();
  }

  /** The input whose shape the others follow: y_pred, else the first with a value per element. */
  private static int reference(List<Input> inputs) {
    int first = -1;
    for (int i = inputs.size() - 1; i >= 0; i--) {
      if (inputs.get(i).extent() == Extent.ELEMENT) {
        if (inputs.get(i).name().equals("y_pred")) {
          return i;
        }
        first = i;
      }
    }
    return first;
  }

  /** Whether a shape is the first so many axes of another, but for an axis of size 1 at the end of either. */
  private static boolean sameButForTrailingOne(Tensor a, Tensor b, int axesOfB) {
    int common = Math.min(a.rank(), axesOfB);
    for (int axis = 0; axis < common; axis++) {
      if (a.axis(axis) != b.axis(axis)) {
        return false;
      }
    }
    return (a.rank() == common || (a.rank() == common + 1 && a.axis(common) == 1))
        && (axesOfB == common || (axesOfB == common + 1 && b.axis(common) == 1));
  }

  private static Violation mismatch(
      Input input, int[] actual, int[] expected, String mainName, int[] main) {
    String wanted = input.extent() == Extent.ROW
        ? "it holds one value for each row, so its shape must be " + Arrays.toString(expected)
        : "the shapes must be equal; nothing is broadcast";
    return new Violation(
        "/" + input.name(),
        input.name() + " has shape " + Arrays.toString(actual) + " but " + mainName + " has shape "
            + Arrays.toString(main) + "; " + wanted);
  }
}
