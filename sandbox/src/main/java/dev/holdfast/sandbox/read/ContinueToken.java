package dev.holdfast.sandbox.read;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.yaml.JsonReader;
import dev.holdfast.yaml.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Where the next page of a list starts: the version that the first page showed, and the key after which to go on.
/// A version of -1 goes on with the newest contents.
public record ContinueToken(long version, String after) {

    private static final String FORMAT = "meta.k8s.io/v1";

    public static ContinueToken parse(String text) {
        byte[] decoded;
        try {
            decoded = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException broken) {
            throw refused("illegal base64 data");
        }
        Mapping fields;
        try {
            fields = JsonReader.readObject(decoded);
        } catch (FaultException broken) {
            throw refused(complaint(decoded));
        }
        if (!fields.text("v").orElse("").equals(FORMAT))
            throw refused("server does not recognize this encoded version");
        long version = fields.whole("rv").orElse(0L);
        var start = fields.text("start").orElse("");
        if (version == 0 || start.isEmpty()) throw refused("the token lacks a version or a start");
        return new ContinueToken(version, start.substring(0, start.length() - 1));
    }

    public String text() {
        var fields = Mapping.builder()
                .put("v", FORMAT)
                .put("rv", version)
                .put("start", after + "\0")
                .build();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(JsonWriter.write(fields));
    }

    private static String complaint(byte[] decoded) {
        var text = new String(decoded, StandardCharsets.ISO_8859_1);
        var first = text.isEmpty() ? ' ' : text.charAt(0);
        return "invalid character '" + first + "' looking for beginning of value";
    }

    private static Refusal refused(String why) {
        return Refusal.badRequest("invalid continue token: continue key is not valid: " + why);
    }
}
