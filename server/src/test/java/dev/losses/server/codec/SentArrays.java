package dev.losses.server.codec;

import java.nio.ByteOrder;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Arrays of every type, in every order, of few elements. */
final class SentArrays extends DomainContextBase {

  @Provide
  Arbitrary<SentArray> sentArrays() {
    Arbitrary<int[]> shapes =
        Arbitraries.integers().between(0, 5).array(int[].class).ofMaxSize(4);
    return Combinators.combine(
            Arbitraries.of(ElementType.values()),
            Arbitraries.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN),
            Arbitraries.of(false, true),
            shapes,
            Arbitraries.longs())
        .as(SentArray::random);
  }
}
