package dev.holdfast.bench;

import java.util.Locale;

/// An app that costs its reader dear and comes to nothing.
enum Poison {
    /// All objects are refused.
    REFUSED,
    /// Nine megabytes of YAML that end in an alias bomb.
    BOMB,
    /// The repository's server takes the connection and never answers.
    SILENT;

    private static final int OBJECTS = 20;
    private static final int LARGE = 9_000_000;

    /// The app's name, and its folder in the poisoned repository.
    String title() {
        return "poison-" + name().toLowerCase(Locale.ROOT);
    }

    /// The folder's one file.
    String text(String word) {
        return switch (this) {
            case REFUSED -> refused(word);
            case BOMB -> bomb(word);
            case SILENT -> throw new IllegalArgumentException("nothing is read of what never answers");
        };
    }

    /// Well-formed, of known fields, and every one invalid: the selector never matches the labels.
    private static String refused(String word) {
        var text = new StringBuilder();
        for (int i = 0; i < OBJECTS; i++) {
            text.append("""
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: refused-%d, annotations: {word: %s}}
                    spec:
                      replicas: 0
                      selector: {matchLabels: {app: one}}
                      template:
                        metadata: {labels: {app: other}}
                        spec: {containers: [{name: main, image: registry.example/main}]}
                    """.formatted(i, word));
        }
        return text.toString();
    }

    /// Nine megabytes that must be read before the aliases show what they are: each level ten times the one before.
    private static String bomb(String word) {
        var text = new StringBuilder(LARGE + 4_096)
                .append("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bomb}\ndata:\n  word: ")
                .append(word)
                .append('\n');
        var line = ": [{a: [b, {c: and some text that makes the line longer}]}]\n";
        for (int i = 0; text.length() < LARGE; i++)
            text.append("  key-").append(i).append(line);
        text.append("  l0: &l0 [boom]\n");
        for (int level = 1; level < 12; level++) {
            text.append("  l").append(level).append(": &l").append(level).append(" [");
            text.append(("*l" + (level - 1) + ", ").repeat(9));
            text.append("*l").append(level - 1).append("]\n");
        }
        return text.toString();
    }
}
