package dev.holdfast.render.kustomize.load;

import dev.holdfast.yaml.Limits;

/// How much one build may read and make: files (a file counts as often as it is read), bytes of one file and of all,
/// objects.
public record BuildLimits(int files, long fileBytes, long totalBytes, int objects) {

    public static final BuildLimits DEFAULT = new BuildLimits(20_000, 10L << 20, 50L << 20, 50_000);

    public BuildLimits {
        if (files < 1 || fileBytes < 1 || totalBytes < 1 || objects < 1) {
            throw new IllegalArgumentException("a limit is positive");
        }
    }

    public Limits reading() {
        return Limits.FILE.withBytes(fileBytes).withDocuments(objects);
    }
}
