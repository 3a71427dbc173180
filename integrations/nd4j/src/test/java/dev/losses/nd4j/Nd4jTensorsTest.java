package dev.losses.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

class Nd4jTensorsTest {

  @Property(tries = 200)
  void aTensorComesBackTheSameBits(@ForAll("shapes") int[] shape, @ForAll boolean single) {
    DType dtype = single ? DType.FLOAT32 : DType.FLOAT64;
    Tensor tensor = counted(dtype, shape);
    tensor.set(0, Double.NaN);
    Tensor back = Nd4jTensors.tensor(Nd4jTensors.array(tensor));
    assertEquals(dtype, back.dtype());
    assertArrayEquals(shape, back.shape());
    for (int i = 0; i < tensor.size(); i++) {
      assertEquals(tensor.get(i), back.get(i));
    }
  }

  /** Column-major arrays, transposed ones and views of every second row are read in the order of their indices. */
  @Property(tries = 200)
  void everyLayoutIsReadInRowMajorOrder(@ForAll("shapes") int[] shape) {
    INDArray array = Nd4jTensors.array(counted(DType.FLOAT64, shape));
    assertReadAsIndexed(array.dup('f'));
    if (shape.length > 1) {
      assertReadAsIndexed(array.transpose());
    }
    int[] twiceAsLong = shape.clone();
    twiceAsLong[0] *= 2;
    INDArrayIndex[] everySecond = new INDArrayIndex[shape.length];
    Arrays.setAll(everySecond, axis -> NDArrayIndex.all());
    everySecond[0] = NDArrayIndex.interval(0, 2, twiceAsLong[0]);
    assertReadAsIndexed(Nd4jTensors.array(counted(DType.FLOAT64, twiceAsLong)).get(everySecond));
  }

  @Property(tries = 50)
  void integersAndHalvesBecomeFloats(@ForAll("shapes") int[] shape) {
    Tensor counted = counted(DType.FLOAT32, shape);
    for (DataType type : new DataType[] {DataType.INT32, DataType.INT64, DataType.FLOAT16}) {
      Tensor read = Nd4jTensors.tensor(Nd4jTensors.array(counted).castTo(type));
      assertArrayEquals(counted.floats(), read.floats());
    }
  }

  @Provide
  Arbitrary<int[]> shapes() {
    return Arbitraries.integers().between(1, 5).array(int[].class).ofMinSize(1).ofMaxSize(4);
  }

  private static void assertReadAsIndexed(INDArray array) {
    Tensor tensor = Nd4jTensors.tensor(array);
    assertArrayEquals(
        array.shape(), Arrays.stream(tensor.shape()).asLongStream().toArray());
    for (int i = 0; i < tensor.size(); i++) {
      assertEquals(array.getDouble(index(i, tensor)), tensor.get(i));
    }
  }

  private static int[] index(int position, Tensor tensor) {
    int[] index = new int[tensor.rank()];
    int rest = position;
    for (int axis = index.length - 1; axis >= 0; axis--) {
      index[axis] = rest % tensor.axis(axis);
      rest /= tensor.axis(axis);
    }
    return index;
  }

  private static Tensor counted(DType dtype, int... shape) {
    Tensor tensor = Tensor.zeros(dtype, shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, i + 1);
    }
    return tensor;
  }
}
