package dev.losses.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript archive with one module, whose {@code forward} takes {@code t} and {@code p} and evaluates a loss so many
 * times. So PyTorch's own operators are called, which DJL's arrays do not offer, and a crossing into native code is
 * shared by many evaluations of few elements.
 */
record TorchScript(String loss, int evaluations) {
  private static final String FOLDER = "loss/";
  /** A pickle, protocol 2, of an empty tuple. */
  private static final String NO_CONSTANTS = "\u0080\2).";
  /** A pickle, protocol 2, of an object of the class Loss with an empty state but for {@code training = False}. */
  private static final String MODULE =
      "\u0080\2c__torch__\nLoss\n)\u0081}(X\10\0\0\0training\u0089ub.";

  private static final String CODE = """
      class Loss(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def forward(self: __torch__.Loss, t: Tensor, p: Tensor) -> %s:
          result = %s
          for _0 in range(%d):
            %s
            result = %s
          return result
      """;

  /** An archive that answers the sum of the values. */
  byte[] value() throws IOException {
    return archive(
        CODE.formatted("float", "0.", evaluations, statements(), "result + float(loss)"));
  }

  /** An archive that answers the value and the gradient of {@code p}, found anew each time. */
  byte[] gradient() throws IOException {
    return archive(CODE.formatted(
        "List[Tensor]",
        "annotate(List[Tensor], [])",
        evaluations,
        statements(),
        "[loss, unchecked_cast(Tensor, torch.grad([loss], [p])[0])]"));
  }

  private String statements() {
    int last = loss.lastIndexOf("; ") + 1;
    return (loss.substring(0, last) + "loss = " + loss.substring(last).strip())
        .replace("; ", ";")
        .replace(";", "\n      ");
  }

  private static byte[] archive(String code) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      add(zip, "data.pkl", MODULE);
      add(zip, "code/__torch__.py", code);
      add(zip, "constants.pkl", NO_CONSTANTS);
      add(zip, "version", "3\n");
    }
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, String name, String text) throws IOException {
    byte[] content = text.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(FOLDER + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
