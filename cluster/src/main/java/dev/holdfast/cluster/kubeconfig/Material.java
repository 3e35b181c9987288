package dev.holdfast.cluster.kubeconfig;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A certificate, a key or a token: in the kubeconfig itself, or in a file that it names and that is read when it
/// is needed (others replace it before it expires). Never printed.
public final class Material {

    private static final long LARGEST_FILE = 1 << 20;

    private final byte[] inline;
    private final @Nullable Path file;

    private Material(byte[] inline, @Nullable Path file) {
        this.inline = inline;
        this.file = file;
    }

    static Material inline(byte[] bytes) {
        return new Material(bytes.clone(), null);
    }

    static Material in(Path file) {
        return new Material(new byte[0], file);
    }

    public byte[] read() {
        if (file == null) return inline.clone();
        try {
            if (Files.size(file) > LARGEST_FILE) throw unreadable("it is larger than 1 MiB");
            return Files.readAllBytes(file);
        } catch (IOException failed) {
            throw unreadable(failed.getClass().getSimpleName());
        }
    }

    private FaultException unreadable(String reason) {
        return new FaultException(Fault.terminal(
                "InvalidKubeconfig",
                "the file " + file + " that the kubeconfig names cannot be read: " + reason,
                "Check that it exists and who may read it"));
    }

    @Override
    public String toString() {
        return file == null ? "******" : file.toString();
    }
}
