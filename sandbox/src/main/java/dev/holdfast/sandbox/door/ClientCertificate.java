package dev.holdfast.sandbox.door;

/// What a client shows instead of a token, and its key, both in PEM.
public record ClientCertificate(String certificate, String key) {

    @Override
    public String toString() {
        return "a client certificate";
    }
}
