package dev.losses.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;

/** A request of which the head and the first byte are sent. */
final class HalfARequest {
  private HalfARequest() {}

  static Socket begin(int port, int length) throws IOException {
    return begin(port, "/v1/losses/huber/evaluate", length);
  }

  static Socket begin(int port, String path, int length) throws IOException {
    Socket socket = new Socket("localhost", port);
    socket.setSoTimeout(60_000);
    String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + "Content-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n{";
    socket.getOutputStream().write(head.getBytes(US_ASCII));
    return socket;
  }

  /** What comes until the server closes the connection, or resets it, since the rest is still being sent. */
  static String answer(Socket socket) throws IOException {
    StringBuilder answer = new StringBuilder();
    byte[] buffer = new byte[8192];
    try {
      for (int read = 0; read >= 0; read = socket.getInputStream().read(buffer)) {
        answer.append(new String(buffer, 0, read, ISO_8859_1));
      }
    } catch (SocketException e) {
      // A reset.
    }
    return answer.toString();
  }
}
