package dev.losses.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/** A request whose body goes on for as long as its sender likes, in chunks. */
final class OpenStream implements AutoCloseable {
  private final Socket socket;
  private final OutputStream out;

  OpenStream(int port, String path, String contentType) throws IOException {
    this.socket = new Socket("localhost", port);
    socket.setSoTimeout(60_000);
    this.out = socket.getOutputStream();
    write("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: "
        + contentType + "\r\nTransfer-Encoding: chunked\r\n\r\n");
  }

  void send(byte[] bytes) throws IOException {
    write(Integer.toHexString(bytes.length) + "\r\n");
    out.write(bytes);
    write("\r\n");
  }

  /** Ends the body. */
  void end() throws IOException {
    write("0\r\n\r\n");
    out.flush();
  }

  /** All of the answer, its head too. */
  String answer() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), US_ASCII);
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(US_ASCII));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
