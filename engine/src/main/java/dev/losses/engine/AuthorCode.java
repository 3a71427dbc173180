package dev.losses.engine;

import java.util.function.Supplier;

/** Calls into code of a loss's author, which may throw anything. */
public final class AuthorCode {
  private AuthorCode() {}

  /** The call's result; what it throws becomes a {@link LossFunctionException} with its text only. */
  public static <T> T call(Supplier<T> code) {
    try {
      return code.get();
    } catch (InvalidInputsException | LossFunctionException e) {
      throw e;
    } catch (StackOverflowError e) {
      throw LossFunctionException.because(e);
    } catch (VirtualMachineError e) {
      // Out of memory is nobody's to swallow.
      throw e;
    } catch (Throwable e) {
      throw LossFunctionException.because(e);
    }
  }
}
