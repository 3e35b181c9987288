package dev.holdfast.model;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// A SHA-256 digest in lower-case hex, of text or of a value's canonical form: keys sorted, origins left out,
/// numbers by value. Digests of what may be secret are keyed (HMAC): a plain one could be guessed offline.
public record Digest(String hex) {

    public Digest {
        if (hex.isEmpty()) throw new IllegalArgumentException("a digest is not empty");
        hex = hex.toLowerCase(Locale.ROOT);
    }

    public static Digest of(byte[] bytes) {
        var sink = sha256();
        sink.update(bytes);
        return new Digest(HexFormat.of().formatHex(sink.digest()));
    }

    public static Digest of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Digest of(Value value) {
        var sink = sha256();
        CanonicalForm.write(value, sink::update);
        return new Digest(HexFormat.of().formatHex(sink.digest()));
    }

    /// HMAC-SHA256 of the canonical form under a key.
    public static Digest keyed(Secret key, Value value) {
        var mac = mac(key);
        CanonicalForm.write(value, mac::update);
        return new Digest(HexFormat.of().formatHex(mac.doFinal()));
    }

    /// A process has one key, and setting a Mac up costs more than most digests: the last one is copied.
    private static Mac mac(Secret key) {
        try {
            var known = lastKeyed;
            if (known == null || !known.key().equals(key)) {
                var mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
                known = new Keyed(key, mac);
                lastKeyed = known;
            }
            return (Mac) known.mac().clone();
        } catch (GeneralSecurityException | CloneNotSupportedException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }

    /// A Mac that was set up and is never fed itself.
    private record Keyed(Secret key, Mac mac) {}

    private static volatile @Nullable Keyed lastKeyed;

    /// The first `digits` hex digits.
    public String first(int digits) {
        return hex.substring(0, Math.min(digits, hex.length()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
