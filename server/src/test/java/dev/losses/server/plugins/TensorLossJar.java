package dev.losses.server.plugins;

/** Jars with a loss written on {@code INDArray}: half the squared error of each row. */
public final class TensorLossJar {
  private TensorLossJar() {}

  public static PluginJar right() {
    return with("", "yPred.sub(yTrue)");
  }

  /**
   * One that goes about it in another way.
   *
   * @param members fields and methods of the class
   * @param error an expression of the error, which is also the gradient
   */
  public static PluginJar with(String members, String error) {
    return PluginJar.named("tensors", "1")
        .withType("acme.HalfSquares", """
        package acme;
        import dev.losses.nd4j.TensorLoss;
        import dev.losses.spi.*;
        import org.nd4j.linalg.api.ndarray.INDArray;
        import org.nd4j.linalg.factory.Nd4j;
        @LossName("half_squares")
        public record HalfSquares() implements TensorLoss {
          %s
          @Override
          public INDArray loss(INDArray yTrue, INDArray yPred) {
            INDArray error = yPred.sub(yTrue);
            return error.mul(error).sum(1).div(2);
          }
          @Override
          public INDArray gradient(INDArray yTrue, INDArray yPred, INDArray upstream) {
            return (%s).mulColumnVector(upstream);
          }
        }
        """.formatted(members, error));
  }
}
