package dev.losses.server.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.spi.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What another program says about an array, in text.
 *
 * @param file where the array is
 * @param name among the arrays of that file; empty if it is its only one
 * @param dtype as that program writes it
 * @param shape the axes, with commas
 * @param values in row-major order, with commas
 */
record ToldArray(String file, String name, String dtype, String shape, String values) {

  /** Runs a script that lies beside the tests, and reads what it tells. */
  static List<ToldArray> by(String program, String script, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(arguments));
    command.add(0, Path.of(ToldArray.class.getResource(script).toURI()).toString());
    command.add(0, program);
    Process process = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(1, TimeUnit.MINUTES), command::toString);
    assertEquals(0, process.exitValue(), command::toString);
    return output.lines().map(ToldArray::parse).toList();
  }

  static ToldArray of(String file, String name, String dtype, Tensor tensor) {
    return new ToldArray(
        file,
        name,
        dtype,
        Arrays.stream(tensor.shape()).mapToObj(Integer::toString).collect(Collectors.joining(",")),
        IntStream.range(0, tensor.size())
            .mapToObj(i -> Double.toString(tensor.get(i)))
            .collect(Collectors.joining(",")));
  }

  private static ToldArray parse(String line) {
    String[] fields = line.split("\t", -1);
    return new ToldArray(fields[0], fields[1], fields[2], fields[3], fields[4]);
  }

  /** Reads the array out of the file, and sees that it is the one told. */
  void assertReadFrom(Path folder) {
    DecodedArray array = readFrom(folder);
    // Such as FLOAT32 of <f4.
    String type = array.elementType().name();
    String kind = type.startsWith("U") ? "u" : type.substring(0, 1).toLowerCase(Locale.ROOT);
    assertTrue(dtype.endsWith(kind + array.elementType().bytes()), dtype + " as " + type);
    assertSame(of(file, name, dtype, array.tensor()));
  }

  void assertSame(ToldArray other) {
    assertEquals(
        List.of(file, name, dtype, shape),
        List.of(other.file, other.name, other.dtype, other.shape));
    assertArrayEquals(numbers(), other.numbers());
  }

  private DecodedArray readFrom(Path folder) {
    try {
      byte[] bytes = Files.readAllBytes(folder.resolve(file));
      InputStream in = new ByteArrayInputStream(bytes);
      return name.isEmpty()
          ? NpyReader.readWhole(in, bytes.length, taken -> {})
          : NpzReader.read(in, Set.of("y_true", "y_pred"), 10_000, taken -> {}).get(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private double[] numbers() {
    return values.isEmpty()
        ? new double[0]
        : Arrays.stream(values.split(",")).mapToDouble(Double::parseDouble).toArray();
  }
}
