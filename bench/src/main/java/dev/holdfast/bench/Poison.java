package dev.holdfast.bench;

import dev.holdfast.source.LocalRepository.Change;

/// What the poisoned apps' repository holds: everything that costs its reader dear and comes to nothing.
final class Poison {

    private static final int REFUSED = 20;
    private static final int LARGE = 9_000_000;

    private Poison() {}

    static Change commit(String word) {
        return Change.on("main", "Poison " + word)
                .with("refused/all.yaml", refused(word))
                .with("bomb/all.yaml", bomb(word));
    }

    /// Well-formed, of known fields, and every one invalid: the selector never matches the labels.
    private static String refused(String word) {
        var text = new StringBuilder();
        for (int i = 0; i < REFUSED; i++) {
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
        for (int i = 0; text.length() < LARGE; i++) text.append("  key-").append(i).append(": [{a: [b, {c: d}]}]\n");
        text.append("  l0: &l0 [boom]\n");
        for (int level = 1; level < 12; level++) {
            text.append("  l").append(level).append(": &l").append(level).append(" [");
            text.append(("*l" + (level - 1) + ", ").repeat(9));
            text.append("*l").append(level - 1).append("]\n");
        }
        return text.toString();
    }
}
