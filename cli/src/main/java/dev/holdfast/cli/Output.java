package dev.holdfast.cli;

import dev.holdfast.model.Mapping;
import dev.holdfast.yaml.YamlWriter;

/// The value of -o.
enum Output {
    TABLE,
    WIDE,
    JSON,
    YAML,
    NAME;

    /// An object as JSON or YAML, without managedFields, which nobody wants to read.
    static void print(Mapping object, Output format, Terminal terminal) {
        var shown = object.has("metadata")
                ? object.with("metadata", object.mapping("metadata").without("managedFields"))
                : object;
        terminal.data(format == YAML ? YamlWriter.text(shown) : PrettyJson.text(shown) + "\n");
    }
}
