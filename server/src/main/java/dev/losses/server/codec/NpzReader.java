package dev.losses.server.codec;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.Inflater;

/**
 * Reads the arrays of a .npz file as they come: a zip (PKWARE's APPNOTE) of .npy files, stored or deflated, as
 * {@code numpy.savez} and {@code numpy.savez_compressed} write them.
 *
 * <p>{@link java.util.zip.ZipInputStream} would do for most, but not on Java 17 for what numpy writes into a pipe; nor
 * does it tell where a zip ends, or its own complaints from those of the stream.
 *
 * <p>Stateless, and so safe to use from several threads; each call has its own stream.
 */
public final class NpzReader {
  private static final String SUFFIX = ".npy";

  private NpzReader() {}

  /**
   * Reads a .npz file that is all of the stream. Which of the arrays must be there is up to the caller.
   *
   * @param allowed the names of the arrays, without {@code .npy}, that may be there; another one is refused before it is
   *     decompressed
   * @param mostBytes of all arrays together, decompressed and with their headers
   * @param allowance is asked before each array is allocated
   * @return the arrays by their names, in the order of the file
   * @throws FormatException when it is no such file; {@link TooLargeException} when its arrays are more than may be, {@link
   *     UnknownArrayException} when there is one that may not be
   * @throws IOException when the stream cannot be read
   */
  public static Map<String, DecodedArray> read(
      InputStream in, Set<String> allowed, long mostBytes, Allowance allowance) throws IOException {
    ZipSource source = new ZipSource(in);
    long signature = firstSignature(source);
    Map<String, DecodedArray> arrays = new LinkedHashMap<>();
    long left = mostBytes;
    Inflater inflater = new Inflater(true);
    try {
      while (signature == ZipSignatures.ENTRY) {
        ZipEntryHeader header = ZipEntryHeader.read(source);
        String name = checkedName(header, allowed, arrays);
        inflater.reset();
        ZipEntryStream stream = new ZipEntryStream(source, header, inflater, left);
        arrays.put(name, array(stream, header, left, allowance));
        left -= stream.count();
        source.begin("its entries");
        signature = source.u32();
      }
    } finally {
      inflater.end();
    }
    ZipDirectory.read(source, signature, arrays.size());
    return Collections.unmodifiableMap(arrays);
  }

  private static long firstSignature(ZipSource source) throws IOException {
    if (source.atEnd()) {
      throw new FormatException("There are no bytes where a .npz file should be");
    }
    long signature = source.u32();
    if (signature == 0x4d554e93) {
      throw new FormatException("Not a .npz file but a .npy; save with numpy.savez");
    }
    if (signature != ZipSignatures.ENTRY && signature != ZipSignatures.END) {
      throw new FormatException("Not a .npz file: it does not begin as a zip does");
    }
    return signature;
  }

  private static String checkedName(
      ZipEntryHeader header, Set<String> allowed, Map<String, DecodedArray> arrays) {
    String file = header.name();
    if (!file.endsWith(SUFFIX)) {
      throw new FormatException(
          "The zip has the entry " + Excerpt.of(file) + ", whose name does not end in .npy");
    }
    String name = file.substring(0, file.length() - SUFFIX.length());
    if (!allowed.contains(name)) {
      String names = new TreeSet<>(allowed).stream().collect(Collectors.joining(", "));
      throw new UnknownArrayException(
          name,
          "The zip has the array " + Excerpt.of(name) + "; the arrays that may be there are: "
              + names);
    }
    if (arrays.containsKey(name)) {
      throw new FormatException("The zip has the array " + Excerpt.of(name) + " twice");
    }
    return name;
  }

  private static DecodedArray array(
      ZipEntryStream stream, ZipEntryHeader header, long left, Allowance allowance)
      throws IOException {
    long most = header.described() ? left : Math.min(left, header.size());
    try {
      return NpyReader.readWhole(stream, most, allowance);
    } catch (FormatException e) {
      String message = "In " + Excerpt.of(header.name()) + ": " + e.getMessage();
      // What claims more than its entry holds is damaged, however large it is.
      boolean tooLarge = e instanceof TooLargeException && most == left;
      throw tooLarge ? new TooLargeException(message) : new FormatException(message);
    }
  }
}
