package dev.holdfast.yaml;

import dev.holdfast.model.FaultException;

/// Bytes that a fuzzer makes up: the reader answers with values or a fault, and what it reads it can print and read
/// again, or say why not.
public final class ReaderFuzz {

    private static final Limits LIMITS = Limits.FILE.withBytes(64 << 10).withNodes(50_000);

    private ReaderFuzz() {}

    /// Jazzer calls it.
    public static void fuzzerTestOneInput(byte[] file) {
        try {
            for (var document : YamlReader.go2().documents("fuzz.yaml", file, LIMITS)) {
                YamlReader.go2().documents("again.yaml", YamlWriter.text(document), Limits.FILE);
            }
        } catch (FaultException refused) {
            var unused = refused.fault().sentence();
        }
    }
}
