package dev.holdfast.model;

/// What one source of an app was at: the source's name, the ref that was asked for, and the commit that it was.
public record Revision(String source, String ref, String commit) {

    /// `main@1f3c9a0`: what people read.
    public String words() {
        return ref + "@" + (commit.length() > 7 ? commit.substring(0, 7) : commit);
    }
}
