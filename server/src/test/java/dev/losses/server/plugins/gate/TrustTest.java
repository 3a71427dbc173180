package dev.losses.server.plugins.gate;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.losses.server.plugins.PluginJar;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose code may run. */
class TrustTest {
  private static final PluginJar GOOD = PluginJar.named("good", "1").withLoss("Good", "good", 1);

  @TempDir
  Path folder;

  @Test
  void inStrictModeOnlyListedBytesLoad() throws NoSuchAlgorithmException {
    String digest = sha256(GOOD.bytes());
    Trust trust = Trust.of(Trust.Mode.DIGEST, List.of("sha256:" + digest.toUpperCase(Locale.ROOT)));
    try (GateFixture gate = GateFixture.trusting(folder, trust)) {
      gate.admits(GOOD);
      PluginJar other = GOOD.version("2");
      gate.refuses(other, "trust", "not on the list", "sha256:" + sha256(other.bytes()));
    }
  }

  @Test
  void anEmptyListTrustsNobody() {
    try (GateFixture gate = GateFixture.trusting(folder, Trust.of(Trust.Mode.DIGEST, List.of()))) {
      gate.refuses(GOOD, "trust", "not on the list");
    }
  }

  @Test
  void whatIsNoDigestIsAMistakeInTheSettings() {
    assertThatThrownBy(() -> Trust.of(Trust.Mode.DIGEST, List.of("sha1:1234")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("losses.plugins.trusted-digests")
        .hasMessageContaining("sha1:1234");
  }

  @Test
  void aListThatNobodyLooksAtIsAMistakeInTheSettings() {
    assertThatThrownBy(() -> Trust.of(Trust.Mode.OPEN, List.of("0".repeat(64))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("losses.plugins.trust=digest");
  }

  private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
