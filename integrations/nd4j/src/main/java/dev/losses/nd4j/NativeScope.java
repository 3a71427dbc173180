package dev.losses.nd4j;

import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Native memory for one call of an author's code. Left to themselves, arrays are freed after their Java objects have been
 * collected, which is too late: hundreds of megabytes hang on objects of a few bytes.
 */
final class NativeScope {
  /** What a thread keeps for its next call. A call that needs more takes it from elsewhere, and gives it back. */
  private static final long INITIAL_BYTES = 1 << 18;

  private static final WorkspaceConfiguration CONFIGURATION = WorkspaceConfiguration.builder()
      .initialSize(INITIAL_BYTES)
      .policyLearning(LearningPolicy.NONE)
      .policySpill(SpillPolicy.EXTERNAL)
      .build();

  private NativeScope() {}

  /**
   * The answer, after which all arrays that the code made are gone.
   *
   * @throws IllegalStateException when ND4J cannot be loaded
   */
  static <T> T within(Supplier<T> code) {
    Nd4jBackend.start();
    MemoryWorkspace memory =
        Nd4j.getWorkspaceManager().getAndActivateWorkspace(CONFIGURATION, "losses");
    try {
      return code.get();
    } finally {
      memory.close();
    }
  }

  /** One of the inputs, which the engine has seen to be there. */
  static INDArray input(Map<String, INDArray> inputs, String name) {
    return Objects.requireNonNull(inputs.get(name), name);
  }
}
