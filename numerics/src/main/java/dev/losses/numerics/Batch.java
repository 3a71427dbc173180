package dev.losses.numerics;

import dev.losses.spi.DType;
import dev.losses.spi.Domain;
import dev.losses.spi.Input;
import dev.losses.spi.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows of inputs.
 *
 * @param rows how many there are that have nothing to do with one another: 1 where all are compared
 * @param columns the size of the last axis
 * @param tensors by name; {@code [rows]} for an input per row, else {@code [rows, columns]}; of any shape where there is
 *     1 row
 */
public record Batch(int rows, int columns, DType dtype, Map<String, Tensor> tensors) {

  /** The sizes of real numbers, without their signs. */
  Batch magnitudes(List<Input> inputs) {
    Map<String, Tensor> sizes = new LinkedHashMap<>(tensors);
    for (Input input : inputs) {
      Tensor tensor = tensors.get(input.name());
      if (tensor != null && input.domain() == Domain.REAL) {
        Tensor size = Tensor.zeros(dtype, tensor.shape());
        IntStream.range(0, tensor.size()).forEach(i -> size.set(i, Math.abs(tensor.get(i))));
        sizes.put(input.name(), size);
      }
    }
    return new Batch(rows, columns, dtype, sizes);
  }

  /** The values of one row, by input. */
  public Map<String, List<Double>> row(int row) {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> values.put(name, row(tensor, row)));
    return values;
  }

  /** The values of one row of a tensor with as many rows. */
  List<Double> row(Tensor tensor, int row) {
    int width = tensor.size() / rows;
    List<Double> values = new ArrayList<>();
    for (int i = row * width; i < (row + 1) * width; i++) {
      values.add(tensor.get(i));
    }
    return values;
  }

  /** The row as a reader can type it in again. */
  String describe(int row) {
    return row(row).entrySet().stream()
        .map(input -> input.getKey() + " " + shape(input.getKey())
            + input.getValue().stream().map(this::digits).collect(Collectors.joining(", ")))
        .collect(Collectors.joining("; "));
  }

  /** Of the one row there is, which no reader can guess. */
  private String shape(String name) {
    int[] shape = Objects.requireNonNull(tensors.get(name)).shape();
    return rows > 1 || shape.length < 2 ? "" : Arrays.toString(shape) + " ";
  }

  /** The shortest text that is read as this number of the dtype. */
  String digits(double value) {
    String digits = dtype == DType.FLOAT32 ? Float.toString((float) value) : Double.toString(value);
    return digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits;
  }
}
