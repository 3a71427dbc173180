package dev.losses.server.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nothing that happened to a .npz file on its way goes unnoticed. */
class NpzDamageTest {
  private static final Set<String> ALLOWED = Set.of("a", "b", "c");
  private static final long MOST_BYTES = 1 << 20;
  private static final Allowance UNLIMITED = bytes -> {};

  @Test
  void everyTruncationIsRefused() {
    for (byte[] zip : NumpyZips.readable()) {
      for (int length = 0; length < zip.length; length++) {
        byte[] cut = Arrays.copyOf(zip, length);
        assertThrows(FormatException.class, () -> read(cut));
      }
    }
  }

  @Test
  void damagedFilesGiveTheArrayOrARefusal() throws IOException {
    Random random = new Random(1);
    List<byte[]> zips = NumpyZips.readable();
    int refused = 0;
    for (int i = 0; i < 30_000; i++) {
      byte[] zip = zips.get(random.nextInt(zips.size())).clone();
      for (int flips = 1 + random.nextInt(2); flips > 0; flips--) {
        zip[random.nextInt(zip.length)] ^= (byte) (1 << random.nextInt(8));
      }
      // Whatever is claimed, no more than a float of 4 bytes can be made of each byte that may
      // come.
      Budget budget = new Budget(4 * 512);
      try {
        Map<String, DecodedArray> arrays =
            NpzReader.read(new ByteArrayInputStream(zip), Set.of("a"), 512, budget);
        assertEquals(Set.of("a"), arrays.keySet());
        assertArrayEquals(new double[] {0, 1, 2}, arrays.get("a").tensor().doubles());
      } catch (FormatException e) {
        refused++;
        assertFalse(e.getMessage().contains("java"), e.getMessage());
      }
    }
    assertTrue(refused > 10_000);
  }

  @Test
  void checksumsAreChecked() {
    byte[] stored = NumpyZips.SAVEZ.clone();
    stored[190] ^= 1;
    Expect.refusal("In 'a.npy': The zip is damaged: the checksum", () -> read(stored));
    byte[] deflated = NumpyZips.SAVEZ_COMPRESSED.clone();
    deflated[14] ^= 1;
    Expect.refusal("In 'a.npy': The zip is damaged: the checksum", () -> read(deflated));
  }

  @Test
  void sizesAreChecked() {
    byte[] size = NumpyZips.SAVEZ_COMPRESSED.clone();
    size[39] ^= 1;
    Expect.refusal("the data are not as long as it says", () -> read(size));
    byte[] compressedSize = NumpyZips.SAVEZ_COMPRESSED.clone();
    compressedSize[47] ^= 1;
    Expect.refusal("the data are not as long as it says", () -> read(compressedSize));
    byte[] stored = NumpyZips.SAVEZ.clone();
    stored[39] ^= 1;
    Expect.refusal("The header of the zip's 'a.npy' is damaged", () -> read(stored));
    byte[] negative = NumpyZips.SAVEZ_COMPRESSED.clone();
    negative[46] ^= (byte) 0x80;
    Expect.refusal("The header of the zip's 'a.npy' is damaged", () -> read(negative));
  }

  @Test
  void encryptionAndOtherCompressionAreRefused() {
    byte[] encrypted = NumpyZips.SAVEZ.clone();
    encrypted[6] |= 1;
    Expect.refusal("'a.npy' is encrypted", () -> read(encrypted));
    byte[] bzip2 = NumpyZips.SAVEZ.clone();
    bzip2[8] = 12;
    Expect.refusal("compressed by method 12", () -> read(bzip2));
  }

  @Test
  void nothingMayFollowTheZip() {
    byte[] zip = NumpyZips.SAVEZ;
    Expect.refusal("More bytes follow the zip", () -> read(Arrays.copyOf(zip, zip.length + 1)));
  }

  @Test
  void theDirectoryMustBeThatOfTheEntries() throws IOException {
    byte[] zip = NumpyZips.SAVEZ;
    int directory = zip.length - 22 - 51;
    byte[] end = Arrays.copyOfRange(zip, zip.length - 22, zip.length);
    byte[] entries = Arrays.copyOf(zip, directory);
    byte[] listing = Arrays.copyOfRange(zip, directory, zip.length - 22);
    String refusal = "The zip's directory is damaged, or not that of its entries";
    Expect.refusal(refusal, () -> read(join(entries, end)));
    Expect.refusal(refusal, () -> read(join(entries, listing, listing, end)));
    byte[] miscounted = zip.clone();
    miscounted[zip.length - 12]++;
    Expect.refusal(refusal, () -> read(miscounted));
    Expect.refusal(refusal, () -> read(join(entries, new byte[100])));
    Expect.refusal("ends in the middle of its entries", () -> read(entries));
    end[20] = 2;
    read(join(entries, listing, end, new byte[2]));
  }

  @Test
  void endRecordsOf64BitsAreRead() throws IOException {
    byte[] zip = NumpyZips.SAVEZ;
    byte[] end = Arrays.copyOfRange(zip, zip.length - 22, zip.length);
    byte[] before = Arrays.copyOf(zip, zip.length - 22);
    byte[] large = new byte[56];
    System.arraycopy(new byte[] {'P', 'K', 6, 6, 44}, 0, large, 0, 5);
    byte[] locator = new byte[20];
    System.arraycopy(new byte[] {'P', 'K', 6, 7}, 0, locator, 0, 4);
    Arrays.fill(end, 8, 20, (byte) 0xff);
    assertEquals(Set.of("a"), read(join(before, large, locator, end)).keySet());
    large[4] = 45;
    Expect.refusal("directory is damaged", () -> read(join(before, large, locator, end)));
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  @Test
  void failuresOfTheStreamPassThroughWhereverTheyHappen() throws IOException {
    for (byte[] zip : NumpyZips.readable()) {
      for (int length = 0; length <= zip.length; length++) {
        InputStream broken = InputStream.nullInputStream();
        broken.close();
        InputStream in = new SequenceInputStream(new ByteArrayInputStream(zip, 0, length), broken);
        IOException e = assertThrows(
            IOException.class, () -> NpzReader.read(in, ALLOWED, MOST_BYTES, UNLIMITED));
        assertEquals("Stream closed", e.getMessage());
      }
    }
  }

  private static Map<String, DecodedArray> read(byte[] zip) throws IOException {
    return NpzReader.read(new ByteArrayInputStream(zip), ALLOWED, MOST_BYTES, UNLIMITED);
  }
}
