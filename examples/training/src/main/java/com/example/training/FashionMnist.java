package com.example.training;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Images of clothes, 28 by 28 pixels, and the class each belongs to; read from gzipped files in the IDX format. */
final class FashionMnist {
  static final int SIDE = 28;
  static final int PIXELS = SIDE * SIDE;
  static final int CLASSES = 10;

  private static final int IMAGES_MAGIC = 0x803;
  private static final int LABELS_MAGIC = 0x801;

  private final byte[] pixels;
  private final byte[] labels;

  private FashionMnist(byte[] pixels, byte[] labels) {
    this.pixels = pixels;
    this.labels = labels;
  }

  /** The set "train" or "t10k". */
  static FashionMnist read(Path directory, String set) {
    if (!Files.isDirectory(directory)) {
      throw new MistakeException("There is no directory " + directory
          + ". On Debian and Ubuntu, 'apt-get install dataset-fashion-mnist' brings Fashion-MNIST;"
          + " elsewhere name the directory that has its four .gz files with --data DIR.");
    }
    Path imagesFile = directory.resolve(set + "-images-idx3-ubyte.gz");
    Path labelsFile = directory.resolve(set + "-labels-idx1-ubyte.gz");
    byte[] labels = readFile(labelsFile, LABELS_MAGIC);
    byte[] pixels = readFile(imagesFile, IMAGES_MAGIC, SIDE, SIDE);
    if (pixels.length != labels.length * PIXELS) {
      throw new MistakeException(
          imagesFile + " and " + labelsFile + " hold different numbers of images and labels.");
    }
    for (byte label : labels) {
      if (label < 0 || label >= CLASSES) {
        throw new MistakeException(labelsFile + " holds a label that is not 0 to 9.");
      }
    }
    return new FashionMnist(pixels, labels);
  }

  private static byte[] readFile(Path file, int magic, int... itemShape) {
    if (!Files.isReadable(file)) {
      throw new MistakeException("There is no readable " + file
          + ". The package dataset-fashion-mnist has it; name another directory with --data DIR.");
    }
    try (DataInputStream in = new DataInputStream(
        new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file))))) {
      boolean expected = in.readInt() == magic;
      int count = in.readInt();
      int itemSize = 1;
      for (int axis : itemShape) {
        expected &= in.readInt() == axis;
        itemSize *= axis;
      }
      if (!expected) {
        throw new MistakeException(file + " is not the IDX file of Fashion-MNIST of that name.");
      }
      byte[] items = in.readAllBytes();
      if (items.length != (long) count * itemSize) {
        throw new MistakeException(file + " is cut short or has more than it says.");
      }
      return items;
    } catch (EOFException | ZipException e) {
      throw new MistakeException(file + " is no whole gzip file: " + e.getMessage());
    } catch (IOException e) {
      throw new MistakeException("Cannot read " + file + ": " + e);
    }
  }

  int size() {
    return labels.length;
  }

  int label(int image) {
    return labels[image];
  }

  /** How bright, from 0 to 255, a pixel is. */
  int pixel(int image, int position) {
    return pixels[image * PIXELS + position] & 0xff;
  }
}
