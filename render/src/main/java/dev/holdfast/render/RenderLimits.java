package dev.holdfast.render;

/// How much one render may read and make, enforced while it reads: directory entries looked at, files and bytes
/// read (of all and of one file), objects made, and the JSON bytes of one object.
public record RenderLimits(int entries, int files, long totalBytes, long fileBytes, int objects, long objectBytes) {

    /// An API server takes objects of at most 3 MiB, give or take what its store adds.
    public static final RenderLimits DEFAULT =
            new RenderLimits(100_000, 20_000, 50L << 20, 10L << 20, 50_000, 3L << 20);

    public RenderLimits {
        if (entries < 1 || files < 1 || totalBytes < 1 || fileBytes < 1 || objects < 1 || objectBytes < 1) {
            throw new IllegalArgumentException("a limit is positive");
        }
    }
}
