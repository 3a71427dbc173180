package dev.losses.server.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyReaderTest {
  private static final String PLAIN = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";

  @Property(tries = 2_000)
  @Domain(SentArrays.class)
  void whatNumpyWritesIsRead(@ForAll SentArray sent) throws IOException {
    Expect.array(sent, read(sent.npy()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void everyVersionIsRead(int version) throws IOException {
    byte[] data = {0, 0, (byte) 128, 63, 0, 0, 0, 64};
    assertArrayEquals(
        new float[] {1, 2}, read(SentArray.npy(version, PLAIN, data)).tensor().floats());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'shape':(2,),'fortran_order':False,'descr':'<f4'}",
        "{ \"descr\" : \"<f4\" ,\n 'shape':\t(2 , ), 'fortran_order': False\r\n}\n",
        "{'shape': (1, 2), 'descr': '<f4', 'fortran_order': False, }",
        "{'shape': (1, 2,), 'descr': '<f4', 'fortran_order': False,}",
        "{'descr': '|u1', 'fortran_order': True, 'shape': (8,)}",
        "{'descr': '<b1', 'fortran_order': True, 'shape': (8,)}",
        "{'descr': '>f8', 'fortran_order': True, 'shape': ()}"
      })
  void everyWayToWriteTheDictIsRead(String header) throws IOException {
    read(SentArray.npy(1, header, new byte[8]));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "['<f4']                                    | expected '{' at its character 0, found '['",
        "{'descr': '<f4', 'shape': (2,)}            | has no 'fortran_order'",
        "{'fortran_order': False, 'shape': (2,)}    | has no 'descr'",
        "{'descr': '<f4', 'fortran_order': False}   | has no 'shape'",
        "{}                                         | has no 'descr'",
        "{'shape': (2,), 'shape': (2,)}             | has the key 'shape' twice",
        "{'descr': '<f4', 'descr': '<f4'}           | has the key 'descr' twice",
        "{'fortran_order': True, 'fortran_order': 0}| has the key 'fortran_order' twice",
        "{'shape': (2,), 'order': 'C'}              | the key 'order'; only 'descr'",
        "{'shape': (2,) 'descr': '<f4'}             | expected ',' or '}' at its character 15",
        "{, }                                       | expected a key in quotes",
        "{'shape' (2,)}                             | expected ':' at its character 9, found '('",
        "{'shape': [2]}                             | expected '('",
        "{'shape': (2)}                             | The shape (2) is a number to Python",
        "{'shape': (2 3)}                           | expected ',' or ')'",
        "{'shape': (,)}                             | expected a whole number",
        "{'shape': (2L,)}                           | expected ',' or ')'",
        "{'shape': (02,)}                           | expected a whole number at its character 11",
        "{'shape': (2.5,)}                          | expected ',' or ')'",
        "{'shape': (0x7,)}                          | expected ',' or ')'",
        "{'shape': (+2,)}                           | expected a whole number",
        "{'shape': (True,)}                         | expected a whole number",
        "{'shape': (3, -1)}                         | axis 1 is negative",
        "{'shape': (2147483648,)}                   | axis 0 is longer than an array can be",
        "{'shape': (99999999999999999999999,)}      | axis 0 is longer than an array can be",
        "{'fortran_order': 0}                       | expected True or False",
        "{'fortran_order': true}                    | expected True or False",
        "{'fortran_order': None}                    | expected True or False",
        "{'descr': 4}                               | expected a dtype in quotes",
        "{'descr': None}                            | expected a dtype in quotes",
        "{'descr': u'<f4'}                          | expected a dtype in quotes",
        "{'descr': '<f4\\n'}                        | expected a plain character",
        "{'descr': '<fé'}                           | found the byte 233",
        "{'descr                                    | expected a key in quotes",
        "{'shape': (1,                              | found the header's end",
        "os.remove('/')                             | expected '{'"
      })
  void anythingElseThanTheDictIsRefused(String header, String words) {
    Expect.refusal(words, () -> read(SentArray.npy(1, header, new byte[8])));
  }

  @Test
  void nothingMayFollowTheDict() {
    Expect.refusal(
        "expected nothing more", () -> read(SentArray.npy(1, PLAIN + "\0", new byte[8])));
    Expect.refusal("expected nothing more", () -> read(SentArray.npy(1, PLAIN + "#", new byte[8])));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      quoteCharacter = '`',
      value = {
        "'|O': unpickling could run code; save numbers instead: array.astype('float64')",
        "[('x', '<f4'), ('y', '<i8')]: structured; save one array for each field",
        "('<f4', (2,)): structured",
        "'<c8': complex; save its parts as arrays of their own: array.real, array.imag",
        "'>c16': complex",
        "'|S5': means strings; save numbers instead: array.astype('float64')",
        "'<U3': means strings",
        "'<M8[ns]': means dates or times; save numbers instead: array.astype('int64')",
        "'<m8': means dates or times",
        "'|V2': bfloat16",
        "'<f16': long double",
        "'<f3': is none of f2, f4",
        "'<i16': is none of f2, f4",
        "'<': is none of f2, f4",
        "'': is none of f2, f4",
        "'f4': is none of f2, f4",
        "'float32': is none of f2, f4",
        "'?f4': is none of f2, f4",
        "'=f4': write '<' or '>' for '='",
        "'|f4': write '<' or '>' for '|'"
      })
  void otherDtypesAreRefusedWithWhatToSaveInstead(String descr, String words) {
    String header = "{'descr': " + descr + ", 'fortran_order': False, 'shape': (2,), }";
    Expect.refusal(words, () -> read(SentArray.npy(1, header, new byte[8])));
  }

  @Test
  void whatIsNoNpyFileIsSaidSo() {
    Expect.refusal("no bytes", () -> read(new byte[0]));
    Expect.refusal("Not a .npy file", () -> read(new byte[200]));
    Expect.refusal("a zip, as a .npz is", () -> read(new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0}));
    byte[] file = SentArray.npy(1, PLAIN, new byte[8]);
    file[6] = 4;
    Expect.refusal("Version 4.0 of the .npy format is unknown", () -> read(file));
    file[6] = 1;
    file[7] = (byte) 200;
    Expect.refusal("Version 1.200", () -> read(file));
  }

  @Test
  void longHeadersAreNotEvenRead() throws IOException {
    String header = PLAIN + " ".repeat(9_900);
    read(SentArray.npy(1, header, new byte[8]));
    Expect.refusal(
        "no more than 10000 are read",
        () -> read(SentArray.npy(1, header + " ".repeat(100), new byte[8])));
    byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, -1};
    Expect.refusal("claims to be 4294967295 bytes long", () -> read(start));
  }

  @Test
  void moreThan32AxesAreRefused() throws IOException {
    String start = "{'descr': '|i1', 'fortran_order': True, 'shape': (";
    read(SentArray.npy(1, start + "1,".repeat(32) + ")}", new byte[1]));
    Expect.refusal(
        "more than 32 axes",
        () -> read(SentArray.npy(1, start + "1,".repeat(33) + ")}", new byte[1])));
  }

  @Test
  void shapesBeyondWhatAnArrayHoldsAreRefused() {
    for (String shape : new String[] {"65536, 65536", "2147483647,", "2147483647, 2147483647, 0"}) {
      String header = PLAIN.replace("2,", shape);
      Expect.refusal(
          "holds more elements than an array can",
          () -> read(SentArray.npy(1, header, new byte[8])));
    }
  }

  @Test
  void whatCannotFollowIsRefusedBeforeItIsAllocated() {
    byte[] file = SentArray.npy(1, PLAIN.replace("2,", "1000, 1000"), new byte[8]);
    Allowance none = new Budget(0);
    Expect.refusal(
        "claims 4000000 bytes of data, but no more than 8 can follow",
        () -> NpyReader.read(new ByteArrayInputStream(file), file.length, none));
    assertThrows(
        Budget.Exceeded.class,
        () -> NpyReader.read(new ByteArrayInputStream(file), 5_000_000, none));
  }

  @Test
  void anEmptyArrayIsRead() throws IOException {
    byte[] file = SentArray.npy(1, PLAIN.replace("2,", "3, 0"), new byte[0]);
    assertArrayEquals(new int[] {3, 0}, read(file).tensor().shape());
  }

  @Test
  void whetherAnythingMayFollowIsTheCallersChoice() throws IOException {
    byte[] file = SentArray.npy(1, PLAIN, new byte[11]);
    InputStream in = new ByteArrayInputStream(file);
    NpyReader.read(in, file.length, bytes -> {});
    assertEquals(3, in.available());
    Expect.refusal("3 more bytes follow the array", () -> read(file));
  }

  @Test
  void everyTruncationIsRefused() {
    for (int version = 1; version <= 3; version++) {
      byte[] file = SentArray.npy(version, PLAIN, new byte[8]);
      for (int length = 0; length < file.length; length++) {
        byte[] cut = Arrays.copyOf(file, length);
        assertThrows(FormatException.class, () -> read(cut));
        assertThrows(
            FormatException.class,
            () -> NpyReader.readWhole(new ByteArrayInputStream(cut), file.length, bytes -> {}));
      }
    }
  }

  @Test
  void damagedFilesGiveAnArrayOrARefusal() throws IOException {
    Random random = new Random(1);
    List<ElementType> types = List.of(ElementType.values());
    int arrays = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] file = SentArray.random(
              types.get(random.nextInt(types.size())),
              ByteOrder.BIG_ENDIAN,
              random.nextBoolean(),
              new int[] {3, 4},
              i)
          .npy();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
      }
      // Of what follows the header, each byte may become a float of 4.
      Budget budget = new Budget(4L * file.length);
      try {
        NpyReader.readWhole(new ByteArrayInputStream(file), file.length, budget);
        arrays++;
      } catch (FormatException e) {
        assertTrue(e.getMessage().chars().noneMatch(Character::isISOControl));
      }
    }
    assertTrue(arrays > 0 && arrays < 50_000);
  }

  private static DecodedArray read(byte[] file) throws IOException {
    return NpyReader.readWhole(new ByteArrayInputStream(file), file.length, bytes -> {});
  }
}
