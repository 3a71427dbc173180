package dev.losses.server.codec;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** A .npz file takes no more memory and time than it may, whatever it claims. */
class NpzLimitsTest {
  private static final String HEADER = "{'descr': '|i1', 'fortran_order': False, 'shape': (4,), }";
  private static final Set<String> ALLOWED = Set.of("a", "b", "c");
  private static final long MOST_BYTES = 1 << 20;
  private static final Allowance UNLIMITED = bytes -> {};

  @Test
  void aHeaderThatClaimsTooMuchIsRefusedBeforeAnythingIsAllocated() throws IOException {
    String header = HEADER.replace("4,", "1000000,");
    byte[] zip = Zips.zip(true, Map.of("a.npy", SentArray.npy(1, header, new byte[1_000_000])));
    Expect.refusal(
        "claims 1000000 bytes of data, but no more than 872 can follow",
        () -> NpzReader.read(new ByteArrayInputStream(zip), ALLOWED, 1_000, new Budget(0)));
  }

  @Test
  void aHeaderThatClaimsMoreThanItsEntryHoldsIsRefusedBeforeAnythingIsAllocated()
      throws IOException {
    String header = HEADER.replace("4,", "5,");
    byte[] zip = Zips.zip(false, Map.of("a.npy", SentArray.npy(1, header, new byte[4])));
    Expect.refusal(
        "claims 5 bytes of data, but no more than 4 can follow",
        () -> NpzReader.read(new ByteArrayInputStream(zip), ALLOWED, MOST_BYTES, new Budget(0)));
  }

  @Test
  void allArraysTogetherMayNotBeTooLarge() throws IOException {
    SentArray sent =
        SentArray.random(ElementType.INT8, ByteOrder.LITTLE_ENDIAN, false, new int[] {300}, 1);
    byte[] zip = Zips.zip(true, Map.of("a.npy", sent.npy(), "b.npy", sent.npy()));
    NpzReader.read(new ByteArrayInputStream(zip), ALLOWED, 856, UNLIMITED);
    Expect.refusal(
        "claims 300 bytes of data, but no more than 299 can follow",
        () -> NpzReader.read(new ByteArrayInputStream(zip), ALLOWED, 855, UNLIMITED));
  }

  @Test
  void aBombIsNotDecompressed() throws IOException {
    byte[] bomb = bomb(200 << 20);
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> Expect.refusal(
            "In 'a.npy': More than 65536 more bytes follow the array",
            () -> NpzReader.read(
                new ByteArrayInputStream(bomb), ALLOWED, Long.MAX_VALUE, new Budget(16))));
    Expect.refusal(
        "In 'a.npy': More than 1000 bytes when decompressed",
        () -> NpzReader.read(new ByteArrayInputStream(bomb), ALLOWED, 1_000, new Budget(16)));
  }

  @Test
  void whatTheAllowanceThrowsPassesThrough() {
    for (byte[] zip : NumpyZips.readable()) {
      assertThrows(
          Budget.Exceeded.class,
          () -> NpzReader.read(new ByteArrayInputStream(zip), ALLOWED, MOST_BYTES, new Budget(23)));
    }
  }

  /** An array of 4 bytes, and zeros after it, that take a thousandth of their size. */
  private static byte[] bomb(int zeros) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      out.putNextEntry(new ZipEntry("a.npy"));
      out.write(SentArray.npy(1, HEADER, new byte[4]));
      byte[] chunk = new byte[1 << 20];
      for (int i = 0; i < zeros; i += chunk.length) {
        out.write(chunk);
      }
    }
    return bytes.toByteArray();
  }
}
