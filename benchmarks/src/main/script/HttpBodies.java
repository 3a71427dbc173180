import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Writes the request bodies of http.sh into a folder: the same pairs of float32 in every format. */
final class HttpBodies {
  private static final String BOUNDARY = "------------------------d74496d66958873e";

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    int pairs = Integer.parseInt(arguments[1]);
    float[] yTrue = new float[pairs];
    float[] yPred = new float[pairs];
    Random random = new Random(7);
    for (int i = 0; i < pairs; i++) {
      yTrue[i] = (float) random.nextGaussian();
      yPred[i] = yTrue[i] + (float) (0.1 * random.nextGaussian());
    }
    byte[] rawTrue = raw(yTrue);
    byte[] rawPred = raw(yPred);
    String inputs = "{\"inputs\":[" + input("y_true", rawTrue) + "," + input("y_pred", rawPred) + "]";
    oip(folder, "oip", inputs + "}", rawTrue, rawPred);
    oip(
        folder,
        "oip-gradient",
        inputs + ",\"parameters\":{\"gradient\":true,\"binary_data_output\":true}}",
        rawTrue,
        rawPred);
    form(folder, npy(rawTrue, pairs), npy(rawPred, pairs));
    npz(folder, npy(rawTrue, pairs), npy(rawPred, pairs));
    json(folder.resolve("json-pairs.body"), pairs, yTrue, yPred);
    json(folder.resolve("json-million.body"));
    Files.writeString(
        folder.resolve("json-small.body"),
        "{\"y_true\":[0" + ",1,0".repeat(15) + ",1],\"y_pred\":[0.5" + ",0.25,0.75".repeat(15) + ",1]}");
    json(folder.resolve("json-medium.body"), 2_800, yTrue, yPred);
    rows(folder.resolve("json-rows.body"), 800, 2);
  }

  private static byte[] raw(float[] values) {
    ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    return raw.array();
  }

  private static String input(String name, byte[] raw) {
    return "{\"name\":\"" + name + "\",\"shape\":[" + raw.length / Float.BYTES
        + "],\"datatype\":\"FP32\",\"parameters\":{\"binary_data_size\":" + raw.length + "}}";
  }

  private static void oip(Path folder, String name, String header, byte[]... tensors) throws IOException {
    try (OutputStream out = open(folder.resolve(name + ".body"))) {
      out.write(header.getBytes(US_ASCII));
      for (byte[] tensor : tensors) {
        out.write(tensor);
      }
    }
    Files.writeString(folder.resolve(name + ".header-length"), "" + header.length());
  }

  private static byte[] npy(byte[] raw, int pairs) {
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + pairs + ",), }";
    header += " ".repeat(64 - (10 + header.length() + 1) % 64) + "\n";
    ByteBuffer npy = ByteBuffer.allocate(10 + header.length() + raw.length).order(ByteOrder.LITTLE_ENDIAN);
    npy.put((byte) 0x93).put("NUMPY\1\0".getBytes(US_ASCII)).putShort((short) header.length());
    npy.put(header.getBytes(US_ASCII)).put(raw);
    return npy.array();
  }

  private static void form(Path folder, byte[] yTrue, byte[] yPred) throws IOException {
    try (OutputStream out = open(folder.resolve("form.body"))) {
      part(out, "y_true", yTrue);
      part(out, "y_pred", yPred);
      out.write(("--" + BOUNDARY + "--\r\n").getBytes(US_ASCII));
    }
  }

  private static void part(OutputStream out, String name, byte[] npy) throws IOException {
    out.write(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" + name
            + ".npy\"\r\nContent-Type: application/octet-stream\r\n\r\n")
        .getBytes(US_ASCII));
    out.write(npy);
    out.write("\r\n".getBytes(US_ASCII));
  }

  private static void npz(Path folder, byte[] yTrue, byte[] yPred) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(open(folder.resolve("npz.body")))) {
      entry(out, "y_true.npy", yTrue);
      entry(out, "y_pred.npy", yPred);
    }
  }

  private static void entry(ZipOutputStream out, String name, byte[] npy) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 crc = new CRC32();
    crc.update(npy);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(npy.length);
    entry.setCrc(crc.getValue());
    out.putNextEntry(entry);
    out.write(npy);
  }

  private static void json(Path file, int pairs, float[] yTrue, float[] yPred) throws IOException {
    try (PrintStream out = new PrintStream(open(file), false, US_ASCII)) {
      out.print("{\"dtype\":\"float32\",\"y_true\":[" + yTrue[0]);
      for (int i = 1; i < pairs; i++) {
        out.print("," + yTrue[i]);
      }
      out.print("],\"y_pred\":[" + yPred[0]);
      for (int i = 1; i < pairs; i++) {
        out.print("," + yPred[i]);
      }
      out.print("]}");
    }
  }

  /** A million float64 numbers with all their digits. */
  private static void json(Path file) throws IOException {
    Random random = new Random(8);
    try (PrintStream out = new PrintStream(open(file), false, US_ASCII)) {
      for (String start : new String[] {"{\"y_true\":[", "],\"y_pred\":["}) {
        out.print(start + random.nextGaussian());
        for (int i = 1; i < 500_000; i++) {
          out.print("," + random.nextGaussian());
        }
      }
      out.print("]}");
    }
  }

  /** Rows to be compared with one another: little to send and much to compute. */
  private static void rows(Path file, int rows, int features) throws IOException {
    Random random = new Random(9);
    StringBuilder classes = new StringBuilder();
    StringBuilder embeddings = new StringBuilder();
    for (int i = 0; i < rows; i++) {
      classes.append(i == 0 ? "" : ",").append(i % 10);
      embeddings.append(i == 0 ? "[" : ",[").append(random.nextInt(1_000));
      for (int j = 1; j < features; j++) {
        embeddings.append(',').append(random.nextInt(1_000));
      }
      embeddings.append(']');
    }
    Files.writeString(file, "{\"y_true\":[" + classes + "],\"y_pred\":[" + embeddings + "]}");
  }

  private static OutputStream open(Path file) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
  }
}
