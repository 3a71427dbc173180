package com.example.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FashionMnistTest {
  @TempDir
  private Path directory;

  @Test
  void imagesAndLabelsAreRead() throws IOException {
    write("train-labels-idx1-ubyte.gz", new int[] {0x801, 2}, 3, 9);
    byte[] pixels = new byte[2 * FashionMnist.PIXELS];
    pixels[FashionMnist.PIXELS + 5] = (byte) 200;
    write("train-images-idx3-ubyte.gz", new int[] {0x803, 2, 28, 28}, pixels);

    FashionMnist images = FashionMnist.read(directory, "train");

    assertEquals(2, images.size());
    assertEquals(9, images.label(1));
    assertEquals(200, images.pixel(1, 5));
  }

  @Test
  void aMissingFileIsNamed() {
    assertRefused("There is no readable " + directory.resolve("train-labels-idx1-ubyte.gz"));
  }

  @Test
  void aFileThatIsNotGzipIsNamed() throws IOException {
    Files.writeString(directory.resolve("train-labels-idx1-ubyte.gz"), "labels");

    assertRefused("train-labels-idx1-ubyte.gz is no whole gzip file");
  }

  @Test
  void aFileOfAnotherKindIsNamed() throws IOException {
    write("train-labels-idx1-ubyte.gz", new int[] {0x803, 1}, 1);

    assertRefused("train-labels-idx1-ubyte.gz is not the IDX file");
  }

  @Test
  void aFileCutShortIsNamed() throws IOException {
    write("train-labels-idx1-ubyte.gz", new int[] {0x801, 3}, 1, 2);

    assertRefused("train-labels-idx1-ubyte.gz is cut short");
  }

  @Test
  void imagesWithoutLabelsAreRefused() throws IOException {
    write("train-labels-idx1-ubyte.gz", new int[] {0x801, 2}, 1, 2);
    write(
        "train-images-idx3-ubyte.gz", new int[] {0x803, 1, 28, 28}, new byte[FashionMnist.PIXELS]);

    assertRefused("different numbers of images and labels");
  }

  @Test
  void aLabelThatIsNoClassIsRefused() throws IOException {
    write("train-labels-idx1-ubyte.gz", new int[] {0x801, 1}, 10);
    write(
        "train-images-idx3-ubyte.gz", new int[] {0x803, 1, 28, 28}, new byte[FashionMnist.PIXELS]);

    assertRefused("a label that is not 0 to 9");
  }

  private void assertRefused(String message) {
    String actual = assertThrows(
            MistakeException.class, () -> FashionMnist.read(directory, "train"))
        .getMessage();
    assertTrue(actual.contains(message), actual);
  }

  private void write(String name, int[] header, int... items) throws IOException {
    byte[] bytes = new byte[items.length];
    for (int i = 0; i < items.length; i++) {
      bytes[i] = (byte) items[i];
    }
    write(name, header, bytes);
  }

  private void write(String name, int[] header, byte[] items) throws IOException {
    try (DataOutputStream out = new DataOutputStream(
        new GZIPOutputStream(Files.newOutputStream(directory.resolve(name))))) {
      for (int number : header) {
        out.writeInt(number);
      }
      out.write(items);
    }
  }
}
