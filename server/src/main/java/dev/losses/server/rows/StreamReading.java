package dev.losses.server.rows;

import dev.losses.server.exchange.EvaluationRequest;
import dev.losses.server.exchange.Expected;
import dev.losses.server.http.RequestBody;
import dev.losses.spi.DType;
import org.jspecify.annotations.Nullable;

/** A format that rows come in, and what a request says beside them. */
public interface StreamReading {

  /**
   * What is asked of the rows.
   *
   * @param request what a request without inputs says
   * @param dtype in what the loss is to be computed, or null
   */
  record Options(EvaluationRequest request, @Nullable DType dtype) {}

  /** Reads what is said beside the body. What is wrong with it is noted in it. */
  Options options(Expected expected);

  /** Where the sender finds a row, in words that go before what is wrong with it; empty where its number says it all. */
  String place(long row);

  /** Begins to read the body; nothing is read yet. */
  RowSource rows(RequestBody body, WantedRows wanted);
}
