package dev.holdfast.render.kustomize.generate;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Bytes as an object can hold them.
final class Bytes {

    private static final int LINE = 70;

    private Bytes() {}

    /// Empty where they are no UTF-8.
    static Optional<String> text(byte[] bytes) {
        try {
            var decoder = StandardCharsets.UTF_8.newDecoder();
            return Optional.of(decoder.decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException binary) {
            return Optional.empty();
        }
    }

    /// In lines of 70 characters, each ended, where it is longer than one.
    static String base64(byte[] bytes) {
        var encoded = Base64.getEncoder().encodeToString(bytes);
        if (encoded.length() < LINE) return encoded;
        var lines = new StringBuilder(encoded.length() + encoded.length() / LINE + 1);
        for (int i = 0; i < encoded.length(); i += LINE) {
            lines.append(encoded, i, Math.min(encoded.length(), i + LINE)).append('\n');
        }
        return lines.toString();
    }
}
