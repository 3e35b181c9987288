package dev.holdfast.yaml;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Origin;
import java.util.Iterator;

/// The rules of go-yaml v3 as Kustomize uses it for resources and patches: it reads nodes, prints them, and reads
/// what it printed.
final class Go3 implements Dialect {

    private static final Scalar.Nothing NOTHING = new Scalar.Nothing();

    @Override
    public String text(String path, byte[] file) {
        var text = Text.strict(file)
                .orElseThrow(() -> new FaultException(Fault.at(
                        Origin.at(path, 1, 1),
                        "InvalidYaml",
                        "invalid YAML: the file is no UTF-8 text",
                        "Save it as UTF-8")));
        return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n");
    }

    @Override
    public Iterator<Chunk> cut(String text, Trouble trouble) {
        return new Chunk.ResourceCutter(text, trouble);
    }

    @Override
    public String block(String text, BlockScalar.Style style, Refusal refusal) {
        return Reprint.block(text, style, refusal);
    }

    /// What a text without quotes and tag means that is no point in time.
    static Scalar untimed(String text) {
        return switch (text) {
            case "true", "True", "TRUE" -> new Scalar.Truth(true);
            case "false", "False", "FALSE" -> new Scalar.Truth(false);
            case "", "~", "null", "Null", "NULL" -> NOTHING;
            default -> number(text);
        };
    }

    private static Scalar number(String text) {
        char first = text.charAt(0);
        if (first == '.') return Go2.dotted(text);
        if (first != '+' && first != '-' && (first < '0' || first > '9')) return new Scalar.Words(text);
        var octal = GoInteger.signedAfter("0o", 8, text.replace("_", ""));
        return octal.isPresent() ? new Scalar.Whole(octal.get().longValue()) : Go2.number(text);
    }
}
