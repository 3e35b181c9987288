package dev.holdfast.yaml;

/// What a reader accepts, enforced before the memory is used: `bytes`, `nodes` (scalars, lists and maps) and
/// `documents` per file, `depth` per document, `key` characters in one mapping key. An alias counts as often as it
/// is used, so expansion is bounded too.
///
/// Kubernetes itself refuses JSON and YAML nested deeper than 10,000 levels. Ours is 500: no real object comes near
/// (the deepest definitions have about 60), and every walk over a value, which is recursive (equality, digest,
/// merge, writing), needs half of a default stack at most. A thousand levels were measured to need up to 0.9 MB of
/// the megabyte that a thread has.
public record Limits(long bytes, long nodes, int depth, int documents, int key) {

    public static final int DEPTH = 500;

    /// For files of a source.
    public static final Limits FILE = new Limits(10L << 20, 2_000_000, DEPTH, 100_000, 64 << 10);

    /// For answers of an API server: a page of a list may be large.
    public static final Limits ANSWER = new Limits(512L << 20, Long.MAX_VALUE, DEPTH, 1, 64 << 10);

    public Limits {
        if (bytes < 1 || nodes < 1 || depth < 1 || documents < 1 || key < 1) {
            throw new IllegalArgumentException("a limit is positive");
        }
        if (depth > DEPTH) throw new IllegalArgumentException("values are never deeper than " + DEPTH + " levels");
    }

    public Limits withBytes(long bytes) {
        return new Limits(bytes, nodes, depth, documents, key);
    }

    public Limits withNodes(long nodes) {
        return new Limits(bytes, nodes, depth, documents, key);
    }

    public Limits withDepth(int depth) {
        return new Limits(bytes, nodes, depth, documents, key);
    }

    public Limits withDocuments(int documents) {
        return new Limits(bytes, nodes, depth, documents, key);
    }
}
