package com.example.training;

/** What the user can mend, told in a sentence. */
final class MistakeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MistakeException(String message) {
    super(message);
  }
}
