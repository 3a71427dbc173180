package dev.losses.server.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyHeaderParserTest {
  private static final String PLAIN = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";

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
  void everyWayToWriteTheDictIsReadAsAnArrayOf8Bytes(String header) {
    NpyHeader read = NpyHeaderParser.parse(header);
    int bytes = read.shape().stream().reduce(read.type().bytes(), (a, b) -> a * b);
    assertEquals(8, bytes);
    assertEquals(header.contains("True"), read.fortranOrder());
    assertEquals(header.contains(">"), read.order() == ByteOrder.BIG_ENDIAN);
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
    Expect.refusal(words, () -> NpyHeaderParser.parse(header));
  }

  @Test
  void nothingMayFollowTheDict() {
    Expect.refusal("expected nothing more", () -> NpyHeaderParser.parse(PLAIN + "\0"));
    Expect.refusal("expected nothing more", () -> NpyHeaderParser.parse(PLAIN + "#"));
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
    Expect.refusal(words, () -> NpyHeaderParser.parse(header));
  }

  @Test
  void moreThan32AxesAreRefused() {
    String start = "{'descr': '|i1', 'fortran_order': True, 'shape': (";
    NpyHeaderParser.parse(start + "1,".repeat(32) + ")}");
    Expect.refusal(
        "more than 32 axes", () -> NpyHeaderParser.parse(start + "1,".repeat(33) + ")}"));
  }
}
