package dev.holdfast.sandbox.schema;

/// The two editions of OpenAPI that are served. The older one knows no alternatives, no defaults of fields and
/// nothing that may be null.
enum Edition {
    V2("#/definitions/"),
    V3("#/components/schemas/");

    private final String references;

    Edition(String references) {
        this.references = references;
    }

    String reference(String name) {
        return references + name;
    }
}
